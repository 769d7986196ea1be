package io.boxoffice.partners.analytics;

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
 * The settings of the analytics partner; docs/partners.md explains them.
 *
 * @param directory the folder of the ledger
 * @param delay how long it takes to count a request's events, in the form of {@link
 *     io.boxoffice.partners.delay.DelayText}
 * @param retention how long a minute is kept, 1 hour to 90 days
 * @param mostMinutes how many minutes with counts there are, over all concerts
 * @param rememberedIds how many ids of events are remembered, so that repeats are recognised
 * @param mostInProgress how many requests may wait for their delay
 */
public record AnalyticsSettings(
    @JsonProperty @NotBlank String directory,
    @JsonProperty @NotBlank String delay,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.HOURS)
        @MaxDuration(value = 90, unit = TimeUnit.DAYS)
        Duration retention,
    @JsonProperty @Min(1) @Max(10_000_000) int mostMinutes,
    @JsonProperty @Min(1_000) @Max(20_000_000) int rememberedIds,
    @JsonProperty @Min(1) @Max(100_000) int mostInProgress) {}
