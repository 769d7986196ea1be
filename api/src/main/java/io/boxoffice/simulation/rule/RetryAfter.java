package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;

/** Defines the Retry-After header of a denial: a fixed duration, or one drawn from a range. */
public record RetryAfter(Duration min, Duration max) {

  /** Describes a range in the contract. */
  @Schema(name = "RetryAfterRange")
  public record Range(@Schema(example = "2s") String min, @Schema(example = "10s") String max) {}

  /**
   * Returns whole seconds, as the header requires, rounded up so that no client retries too early.
   */
  public int secondsAt(double point) {
    double seconds = Delay.seconds(min) + point * Delay.seconds(max.minus(min));
    return (int) Math.ceil(seconds);
  }

  /** Returns the value as the setting writes it. */
  @JsonValue
  public Object toJson() {
    return min.equals(max)
        ? DurationText.of(min)
        : new Range(DurationText.of(min), DurationText.of(max));
  }
}
