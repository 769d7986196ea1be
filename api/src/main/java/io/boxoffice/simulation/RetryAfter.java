package io.boxoffice.simulation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Map;

/** When a denied client is told to come back: always the same, or drawn from a range. */
public record RetryAfter(Duration min, Duration max) {

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
        : Map.of("min", DurationText.of(min), "max", DurationText.of(max));
  }
}
