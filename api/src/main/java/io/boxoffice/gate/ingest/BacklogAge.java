package io.boxoffice.gate.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Measures how long the oldest message of a partition waits. A queue does not tell, but it keeps
 * the order: what is done and what waits are together what has arrived, and the oldest message that
 * waits is the one after those that are done. The age counts from when this replica took the
 * partition.
 */
final class BacklogAge {
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final int MOST_STEPS = 3_600;

  private final Deque<Arrived> history = new ArrayDeque<>();

  /** How many had arrived at a time. */
  private record Arrived(Instant at, long count) {}

  /**
   * Notes a look at the partition.
   *
   * @param done how many messages are done
   * @param waiting how many wait or are worked on
   * @return the age of the oldest of those that wait, 0 if none does; up to a step too long
   */
  Duration look(long done, long waiting, Instant now) {
    if (waiting <= 0) {
      history.clear();
      return Duration.ZERO;
    }
    long count = done + waiting;
    Arrived last = history.peekLast();
    if (last == null || count > last.count) {
      boolean joins =
          last != null && (now.isBefore(last.at.plus(STEP)) || history.size() >= MOST_STEPS);
      if (joins) {
        history.removeLast();
      }
      history.add(new Arrived(joins ? last.at : now, count));
    }
    while (history.size() > 1 && history.peek().count <= done) {
      history.remove();
    }
    return Duration.between(history.peek().at, now);
  }
}
