package io.boxoffice.mail;

import java.time.Duration;

/**
 * Computes pauses between attempts, each longer than the one before.
 *
 * @param first in whole seconds
 * @param longest bounds all pauses
 */
public record GrowingPause(Duration first, int factor, Duration longest) {

  /**
   * Returns the pause after the given failure.
   *
   * @param failures 1 or more
   */
  public Duration after(int failures) {
    long seconds = first.toSeconds();
    for (int i = 1; i < failures && seconds < longest.toSeconds(); i++) {
      seconds *= factor;
    }
    return Duration.ofSeconds(Math.min(seconds, longest.toSeconds()));
  }
}
