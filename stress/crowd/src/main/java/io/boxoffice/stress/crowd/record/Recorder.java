package io.boxoffice.stress.crowd.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts a run. Everything counts in the second of its sending, so that a late answer is visible at
 * the time of its cause.
 */
public final class Recorder {
  private final List<RequestCounts> seconds = new ArrayList<>();
  private final List<Integer> arrivals = new ArrayList<>();
  private final Map<String, RequestCounts> byName = new LinkedHashMap<>();
  private long limited;
  private Instant began;
  private long origin;

  /** A request without an answer yet. */
  public record Sent(String name, Kind kind, long nanoTime) {}

  /** A buyer has arrived. */
  public synchronized void arrived() {
    long now = System.nanoTime();
    int second = second(now);
    while (arrivals.size() <= second) {
      arrivals.add(0);
    }
    arrivals.set(second, arrivals.get(second) + 1);
  }

  /** A request is sent now. */
  public synchronized Sent sent(String name, Kind kind) {
    Sent sent = new Sent(name, kind, System.nanoTime());
    at(sent.nanoTime()).sent();
    byName.computeIfAbsent(name, key -> new RequestCounts()).sent();
    return sent;
  }

  /** It has ended now. */
  public synchronized void ended(Sent sent, Outcome outcome) {
    long nanos = System.nanoTime() - sent.nanoTime();
    at(sent.nanoTime()).ended(sent.kind(), outcome, nanos);
    byName.get(sent.name()).ended(sent.kind(), outcome, nanos);
  }

  /** A request was refused by a rate limit, which counts the requests of one address. */
  public synchronized void limited() {
    limited++;
  }

  /** How many requests a rate limit refused. */
  public synchronized long limitedCount() {
    return limited;
  }

  /** When the first buyer arrived; the present time, if none has. */
  public synchronized Instant began() {
    return began == null ? Instant.now() : began;
  }

  /** The seconds since the first buyer arrived. */
  public synchronized double elapsed() {
    return began == null ? 0 : (System.nanoTime() - origin) / 1e9;
  }

  /** How many seconds there are. */
  public synchronized int length() {
    return Math.max(seconds.size(), arrivals.size());
  }

  /** The number of buyers that arrived in a second. */
  public synchronized int arrivals(int second) {
    return second < arrivals.size() ? arrivals.get(second) : 0;
  }

  /** The number of whole seconds during which buyers arrived. */
  public synchronized int arrivalSeconds() {
    return Math.max(0, arrivals.size() - 1);
  }

  /** The number of all buyers that arrived. */
  public synchronized long arrivals() {
    return arrivals.stream().mapToLong(Integer::longValue).sum();
  }

  /** What was sent from a second, included, to another, excluded. */
  public synchronized RequestCounts between(int from, int to) {
    RequestCounts sum = new RequestCounts();
    for (int second = Math.max(0, from); second < Math.min(to, seconds.size()); second++) {
      sum.add(seconds.get(second));
    }
    return sum;
  }

  /** Everything. */
  public RequestCounts total() {
    return between(0, Integer.MAX_VALUE);
  }

  /** The names of requests in the order of their first. */
  public synchronized List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** Everything of one name, read when the run is over. */
  public synchronized RequestCounts named(String name) {
    return byName.getOrDefault(name, new RequestCounts());
  }

  private RequestCounts at(long nanoTime) {
    int second = second(nanoTime);
    while (seconds.size() <= second) {
      seconds.add(new RequestCounts());
    }
    return seconds.get(second);
  }

  private int second(long nanoTime) {
    if (began == null) {
      began = Instant.now();
      origin = nanoTime;
    }
    return (int) Math.max(0, (nanoTime - origin) / 1_000_000_000L);
  }
}
