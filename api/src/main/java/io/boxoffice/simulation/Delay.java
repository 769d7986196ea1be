package io.boxoffice.simulation;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;

/**
 * How a rule slows requests down.
 *
 * @param percent how many of them
 * @param distribution by how much
 */
public record Delay(@Schema(example = "100") double percent, Distribution distribution) {

  /**
   * The delay at a point of the distribution: its quantile function, grown by a factor, never below
   * zero and never above its cap or the limit.
   *
   * @param probability above 0 and below 1
   */
  Duration at(double probability, double factor, Limits limits) {
    double longest = seconds(limits.maxDelay());
    if (distribution.cap() != null) {
      longest = Math.min(longest, seconds(distribution.cap()));
    }
    double drawn = distribution.quantile(probability) * factor;
    return Duration.ofNanos(Math.round(Math.max(0, Math.min(longest, drawn)) * 1e9));
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
