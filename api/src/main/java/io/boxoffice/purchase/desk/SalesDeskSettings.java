package io.boxoffice.purchase.desk;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * Sets the limits of the sales desk, which bound its memory, its connections and its waits.
 *
 * @param workers how many batches run at once. Each uses one connection of the pool, and one more
 *     while it finds out whether a commit without an answer succeeded
 * @param batchSize how many requests one transaction sells at most
 * @param queueLength how many requests may be queued for one ticket type
 * @param totalQueueLength how many requests may be queued in all
 * @param maxWait how long a request may be queued before the desk rejects it as overloaded
 * @param soldOutMemory how long the desk treats a ticket type as sold out without reading the
 *     database; tickets of a cancelled purchase are on sale after that time at the latest
 */
public record SalesDeskSettings(
    @JsonProperty @Min(1) @Max(100) int workers,
    @JsonProperty @Min(1) @Max(1_000) int batchSize,
    @JsonProperty @Min(1) @Max(1_000_000) int queueLength,
    @JsonProperty @Min(1) @Max(1_000_000) int totalQueueLength,
    @JsonProperty @NotNull @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS) Duration maxWait,
    @JsonProperty @NotNull @MaxDuration(value = 1, unit = TimeUnit.SECONDS)
        Duration soldOutMemory) {}
