package io.boxoffice.gate.state;

import java.time.Duration;
import java.time.Instant;

/**
 * States when the gates of a concert let people in.
 *
 * @param opensAt from then on
 * @param closesAt until just before then
 * @param reEntry whether a ticket that has left may enter again
 */
public record EntryWindow(Instant opensAt, Instant closesAt, boolean reEntry) {
  private static final Duration BEFORE_START = Duration.ofHours(3);
  private static final Duration AFTER_START = Duration.ofHours(6);

  /** Returns the window of a concert that has none of its own. */
  public static EntryWindow usual(Instant startsAt) {
    return new EntryWindow(startsAt.minus(BEFORE_START), startsAt.plus(AFTER_START), false);
  }
}
