package io.boxoffice.partners.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * The settings of the search partner; docs/partners.md explains them.
 *
 * @param directory the folder of the ledger
 * @param delay how long a change takes, in the form of {@link
 *     io.boxoffice.partners.delay.DelayText}
 * @param retention how long a deleted concert is remembered, 1 minute to 90 days
 * @param mostConcerts how many concerts the index holds
 * @param mostInProgress how many changes may wait for their delay
 */
public record SearchSettings(
    @JsonProperty @NotBlank String directory,
    @JsonProperty @NotBlank String delay,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.MINUTES)
        @MaxDuration(value = 90, unit = TimeUnit.DAYS)
        Duration retention,
    @JsonProperty @Min(1) @Max(1_000_000) int mostConcerts,
    @JsonProperty @Min(1) @Max(100_000) int mostInProgress) {}
