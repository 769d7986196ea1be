package io.boxoffice.gate.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Puts the scans of one series in order: each is applied after the one before it. It holds the
 * state of the series during one batch and is not safe for use by several threads.
 */
public final class SeriesOrder {
  /** The most scans of a series that wait for an earlier one. */
  public static final int MOST_PARKED = 1_000;

  private final NavigableMap<Long, UUID> parked;
  private long last;

  /**
   * Begins where the series is.
   *
   * @param last the sequence of the scan that was applied last; 0 for a new series
   * @param parked the scans that wait, by their sequence; all are greater than {@code last} + 1
   */
  public SeriesOrder(long last, Map<Long, UUID> parked) {
    this.last = last;
    this.parked = new TreeMap<>(parked);
  }

  /** States what to do with a scan. */
  public sealed interface Place {}

  /**
   * Apply the scan, and then the parked ones with these sequences.
   *
   * @param following in their order
   */
  public record Next(List<Long> following) implements Place {}

  /** The position is behind: a scan was applied there, or an operator skipped it. */
  public record Passed() implements Place {}

  /**
   * Keep the scan until the one before it arrives.
   *
   * @param expected the first sequence that is missing
   */
  public record Park(long expected) implements Place {}

  /** The scan waits already. */
  public record WaitsAlready(long expected) implements Place {}

  /** Another scan waits at the same position. */
  public record Taken() implements Place {}

  /** Too many scans of the series wait. */
  public record Full(long expected) implements Place {}

  /** Finds the place of a scan, and notes it. */
  public Place place(long sequence, UUID scanId) {
    if (sequence <= last) {
      return new Passed();
    }
    if (sequence == last + 1) {
      last = sequence;
      return new Next(follow());
    }
    UUID there = parked.get(sequence);
    if (there != null) {
      return there.equals(scanId) ? new WaitsAlready(last + 1) : new Taken();
    }
    if (parked.size() >= MOST_PARKED) {
      return new Full(last + 1);
    }
    parked.put(sequence, scanId);
    return new Park(last + 1);
  }

  /**
   * Gives up the scans before the first parked one.
   *
   * @return the sequences of the parked scans that are next; empty if none is parked
   */
  public List<Long> skip() {
    if (parked.isEmpty()) {
      return List.of();
    }
    last = parked.firstKey() - 1;
    return follow();
  }

  private List<Long> follow() {
    List<Long> following = new ArrayList<>();
    while (!parked.isEmpty() && parked.firstKey() == last + 1) {
      last = parked.pollFirstEntry().getKey();
      following.add(last);
    }
    return following;
  }

  /** The sequence of the last scan that is applied or skipped. */
  public long last() {
    return last;
  }

  /** How many scans wait. */
  public int waiting() {
    return parked.size();
  }
}
