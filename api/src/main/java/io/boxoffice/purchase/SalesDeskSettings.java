package io.boxoffice.purchase;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * The limits of the sales desk.
 *
 * @param settlers how many batches are settled at once, each on a connection of the pool
 * @param batchSize how many requests one transaction settles at most
 * @param queueLength how many requests may wait for one ticket type
 * @param totalQueueLength how many requests may wait in all
 * @param maxWait how long one may wait before it is refused as overloaded
 * @param soldOutMemory how long a sold-out ticket type is taken for sold out without a look; a
 *     cancellation sells again after that time at the latest
 */
public record SalesDeskSettings(
    @JsonProperty @Min(1) @Max(100) int settlers,
    @JsonProperty @Min(1) @Max(1_000) int batchSize,
    @JsonProperty @Min(1) @Max(1_000_000) int queueLength,
    @JsonProperty @Min(1) @Max(1_000_000) int totalQueueLength,
    @JsonProperty @NotNull @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS) Duration maxWait,
    @JsonProperty @NotNull @MaxDuration(value = 1, unit = TimeUnit.SECONDS)
        Duration soldOutMemory) {}
