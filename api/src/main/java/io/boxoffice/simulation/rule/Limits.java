package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;

/**
 * Protects the service from a profile's delays: no profile can exceed these limits.
 *
 * @param maxActiveDelays the most requests that one replica delays at the same time; further
 *     requests are not delayed
 * @param maxDelay the longest delay of one request
 */
public record Limits(
    @Schema(example = "10000") int maxActiveDelays,
    @JsonSerialize(using = DurationText.Serializer.class)
        @Schema(type = "string", example = "30s", implementation = String.class)
        Duration maxDelay) {

  static final int MOST_ACTIVE_DELAYS = 100_000;
  static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  /** The limits of a setting that defines none. */
  public static final Limits DEFAULT = new Limits(10_000, Duration.ofSeconds(30));
}
