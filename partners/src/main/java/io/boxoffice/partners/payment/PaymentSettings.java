package io.boxoffice.partners.payment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.partners.payment.callback.CallbackSettings;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * The settings of the payment partner; docs/partners.md explains them.
 *
 * @param directory the folder of the ledger
 * @param delay how long a charge takes, in the form of {@link
 *     io.boxoffice.partners.delay.DelayText}
 * @param declinePercent how many of 100 charges with {@code tok_ok} are declined
 * @param lostPercent how many of 100 charges with {@code tok_ok} are not answered
 * @param seed makes the draws of every run equal
 * @param slowDelay how long a charge with {@code tok_slow} takes, 1 hour at most
 * @param lateDelay how long a charge with {@code tok_late} takes, 1 hour at most
 * @param mostCharges how many charges the ledger holds
 * @param mostInProgress how many charges may wait for their delay
 */
public record PaymentSettings(
    @JsonProperty @NotBlank String directory,
    @JsonProperty @NotBlank String delay,
    @JsonProperty @DecimalMin("0") @DecimalMax("100") double declinePercent,
    @JsonProperty @DecimalMin("0") @DecimalMax("100") double lostPercent,
    @JsonProperty long seed,
    @JsonProperty @NotNull @MaxDuration(value = 1, unit = TimeUnit.HOURS) Duration slowDelay,
    @JsonProperty @NotNull @MaxDuration(value = 1, unit = TimeUnit.HOURS) Duration lateDelay,
    @JsonProperty @Min(1) @Max(10_000_000) int mostCharges,
    @JsonProperty @Min(1) @Max(100_000) int mostInProgress,
    @JsonProperty @Valid @NotNull CallbackSettings callbacks) {}
