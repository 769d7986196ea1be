package io.boxoffice.simulation;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;

/** When a denied client is told to come back: always the same, or drawn from a range. */
public record RetryAfter(Duration min, Duration max) {

  /** How a range is written, for the contract. */
  @Schema(name = "RetryAfterRange")
  public record Range(@Schema(example = "2s") String min, @Schema(example = "10s") String max) {}

  /** Whole seconds, as the header wants them; rounded up, so that nobody comes too early. */
  int secondsAt(double point) {
    double seconds = Delay.seconds(min) + point * Delay.seconds(max.minus(min));
    return (int) Math.ceil(seconds);
  }

  /** As the setting spells it. */
  @JsonValue
  public Object toJson() {
    return min.equals(max)
        ? DurationText.of(min)
        : new Range(DurationText.of(min), DurationText.of(max));
  }
}
