package io.boxoffice.event.transport;

import java.util.UUID;

/**
 * Spreads keys over partitions. All events of a key are in one partition, which has one active
 * consumer at a time, so that they keep their order.
 */
public final class Partitions {
  /** How many partitions each consumer has; at most so many of its subscriptions work at once. */
  public static final int COUNT = 8;

  private Partitions() {}

  /** Returns the partition of a key, 0 to {@link #COUNT} - 1. */
  public static int of(UUID key) {
    // Ids of one time differ in few bits only, so all bits are mixed.
    long mixed =
        (key.getMostSignificantBits() * 31 + key.getLeastSignificantBits()) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 61);
  }
}
