package io.boxoffice.simulation.rule;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;

/**
 * Defines which share of requests a rule delays, and for how long.
 *
 * @param percent the percentage of requests that are delayed
 * @param distribution the distribution of the delay's length
 */
public record Delay(@Schema(example = "100") double percent, Distribution distribution) {

  /**
   * Returns the delay at a point of the distribution: the quantile multiplied by a factor. The
   * result is at least zero and at most the cap and the longest delay.
   *
   * @param probability the point, above 0 and below 1
   */
  public Duration at(double probability, double factor, Limits limits) {
    double longest = seconds(limits.maxDelay());
    if (distribution.cap() != null) {
      longest = Math.min(longest, seconds(distribution.cap()));
    }
    double drawn = distribution.quantile(probability) * factor;
    return Duration.ofNanos(Math.round(Math.max(0, Math.min(longest, drawn)) * 1e9));
  }

  /** Returns a duration in seconds, with its fraction. */
  public static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
