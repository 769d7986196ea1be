package io.boxoffice.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.order.ledger.LedgerSettings;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * Sets how long orders wait for what, and how long they are kept.
 *
 * @param hold how long a buyer has to pay
 * @param paymentLimit how long after that the payment partner has to answer, before the tickets are
 *     on sale again
 * @param paymentWait how long a request to pay waits for the partner if the client does not say
 * @param waiters how many requests may wait for a change of an order at this replica
 * @param retention how long orders are kept that ended without tickets
 * @param historyRetention how long the history of orders is kept
 * @param ledger when the partner's ledger is compared
 */
public record OrderSettings(
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        @MaxDuration(value = 1, unit = TimeUnit.DAYS)
        Duration hold,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        @MaxDuration(value = 1, unit = TimeUnit.DAYS)
        Duration paymentLimit,
    @JsonProperty @NotNull @MaxDuration(value = 60, unit = TimeUnit.SECONDS) Duration paymentWait,
    @JsonProperty @Min(1) @Max(100_000) int waiters,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.DAYS)
        @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
        Duration retention,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.DAYS)
        @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
        Duration historyRetention,
    @JsonProperty @Valid @NotNull LedgerSettings ledger) {}
