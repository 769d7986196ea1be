package io.boxoffice.partners.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits with a time limit for a condition that another thread or process fulfils. */
public final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(20);

  private Eventually() {}

  /** Returns when the condition is true, and fails after a minute. */
  public static void holds(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("did not hold within " + LIMIT);
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
