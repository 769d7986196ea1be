package io.boxoffice.lab.topology;

import io.boxoffice.stress.bench.safety.BenchException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for conditions, each within a limit. */
public final class Waiting {
  private static final Duration POLL = Duration.ofMillis(100);

  private Waiting() {}

  /** Whether a condition was true within the limit. */
  public static boolean until(BooleanSupplier condition, Duration limit) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > limit.toNanos()) {
        return false;
      }
      pause(POLL);
    }
    return true;
  }

  /**
   * Waits for a condition.
   *
   * @param what names it
   * @throws BenchException when it is not true within the limit
   */
  public static void require(String what, BooleanSupplier condition, Duration limit) {
    if (!until(condition, limit)) {
      throw new BenchException("%s: not within %d s".formatted(what, limit.toSeconds()));
    }
  }

  /** Waits for a fixed time. */
  public static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    }
  }
}
