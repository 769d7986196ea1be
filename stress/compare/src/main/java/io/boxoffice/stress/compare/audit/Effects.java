package io.boxoffice.stress.compare.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was done, by the key of the request. Times are microseconds since 1970. */
public final class Effects {
  private final Map<String, List<Long>> done = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final Set<String> committed = new HashSet<>();

  /** Adds one effect; a second one of the same key was done twice. */
  public void add(String key, long at) {
    done.computeIfAbsent(key, absent -> new ArrayList<>()).add(at);
  }

  /** Notes that an effect is still to come, because its shop says so. */
  public void open(String key) {
    open.add(key);
  }

  /** Notes that the change is in the shop, whatever its request was answered. */
  public void committed(String key) {
    committed.add(key);
  }

  /** Whether the change is known to be in the shop. */
  public boolean isCommitted(String key) {
    return committed.contains(key);
  }

  /** How often it was done. */
  public int count(String key) {
    return done.getOrDefault(key, List.of()).size();
  }

  /** When it was done first, or -1. */
  public long first(String key) {
    return done.getOrDefault(key, List.of()).stream().mapToLong(Long::longValue).min().orElse(-1);
  }

  /** Whether it is still to come. */
  public boolean isOpen(String key) {
    return open.contains(key);
  }

  /** Grows with each effect and each known change, so that a reader sees whether work goes on. */
  public int progress() {
    return committed.size() + done.values().stream().mapToInt(List::size).sum();
  }

  /** Whether an effect is still to come. */
  public boolean hasOpen() {
    return !open.isEmpty();
  }
}
