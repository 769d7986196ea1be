package io.boxoffice.purchase;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * The limits of the sales desk.
 *
 * @param settlers how many transactions run at once, each on a connection of the pool
 * @param queueLength how many requests may wait
 * @param maxWait how long one may wait before it is refused as overloaded
 */
public record SalesDeskSettings(
    @JsonProperty @Min(1) @Max(100) int settlers,
    @JsonProperty @Min(1) @Max(1_000_000) int queueLength,
    @JsonProperty @NotNull @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
        Duration maxWait) {}
