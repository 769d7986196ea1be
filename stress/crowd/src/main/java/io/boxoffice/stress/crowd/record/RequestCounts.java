package io.boxoffice.stress.crowd.record;

import java.util.EnumMap;
import java.util.Map;

/** Requests that were sent, their outcomes, and the latencies of the answers. */
public final class RequestCounts {
  private long sent;
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<Kind, Latencies> latencies = new EnumMap<>(Kind.class);

  void sent() {
    sent++;
  }

  void ended(Kind kind, Outcome outcome, long nanos) {
    outcomes.merge(outcome, 1L, Long::sum);
    // The wait for a lost answer is no latency of the shop.
    if (outcome != Outcome.LOST) {
      latencies.computeIfAbsent(kind, key -> new Latencies()).add(nanos);
    }
  }

  void add(RequestCounts other) {
    sent += other.sent;
    other.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
    other.latencies.forEach(
        (kind, some) -> latencies.computeIfAbsent(kind, key -> new Latencies()).addAll(some));
  }

  /** How many were sent. */
  public long sentCount() {
    return sent;
  }

  /** How many ended that way. */
  public long count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  /** How many have ended. */
  public long ended() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many failed: overloaded, lost, wrong, or still without an answer. */
  public long bad() {
    long good = 0;
    for (Outcome outcome : Outcome.values()) {
      good += outcome.isGood() ? count(outcome) : 0;
    }
    return sent - good;
  }

  /** The share of {@link #bad} among all. */
  public double badShare() {
    return sent == 0 ? 0 : (double) bad() / sent;
  }

  /** The latency of a kind that the given percentage did not exceed, in milliseconds, or NaN. */
  public double percentile(Kind kind, double percent) {
    Latencies some = latencies.get(kind);
    return some == null ? Double.NaN : some.percentile(percent);
  }
}
