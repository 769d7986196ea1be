package io.boxoffice.order.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * Sets when and how far the partner's ledger is compared.
 *
 * @param pause between two comparisons of new charges; zero switches all comparisons off
 * @param fullPause between two full comparisons
 * @param grace how old a charge, or a change of its order, must be to be compared
 * @param reach how far back a full comparison goes
 */
public record LedgerSettings(
    @JsonProperty @NotNull @MaxDuration(value = 5, unit = TimeUnit.MINUTES) Duration pause,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        @MaxDuration(value = 1, unit = TimeUnit.DAYS)
        Duration fullPause,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        @MaxDuration(value = 1, unit = TimeUnit.DAYS)
        Duration grace,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.HOURS)
        @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
        Duration reach) {

  /** Whether the shop compares. */
  boolean isOn() {
    return pause.toMilliseconds() > 0;
  }
}
