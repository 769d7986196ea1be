package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.crowd.exit.StressException;
import java.time.Duration;
import java.util.function.Supplier;

/** Repeats a reading of records that looks wrong, because it can be too early. */
final class Readings {
  // A purchase can complete after its client has stopped waiting, and a page can be a second old.
  private static final Duration SETTLING = Duration.ofSeconds(2);
  private static final int MOST_READINGS = 4;

  private Readings() {}

  /**
   * Reads until no fault is found, for a limited number of times.
   *
   * @throws StressException when the last reading failed
   */
  static Findings untilClean(Supplier<Findings> read) {
    Findings findings = null;
    StressException unread = null;
    for (int reading = 0; reading < MOST_READINGS; reading++) {
      pause();
      try {
        findings = read.get();
        unread = null;
        if (findings.isClean()) {
          return findings;
        }
      } catch (StressException failure) {
        unread = failure;
      }
    }
    if (unread != null) {
      throw unread;
    }
    return findings;
  }

  /** Waits before the next reading. */
  static void pause() {
    try {
      Thread.sleep(SETTLING.toMillis());
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
    }
  }
}
