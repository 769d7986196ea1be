package io.boxoffice.gate.code;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * Sets how long the keys of ticket codes are used.
 *
 * @param lifetime how long a key signs, 2 to 400 days
 * @param kept how long it is published after that, so that printed codes stay valid, 1 day to 10
 *     years
 */
public record TicketKeySettings(
    @JsonProperty
        @NotNull
        @MinDuration(value = 2, unit = TimeUnit.DAYS)
        @MaxDuration(value = 400, unit = TimeUnit.DAYS)
        Duration lifetime,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.DAYS)
        @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
        Duration kept) {}
