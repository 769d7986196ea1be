package io.boxoffice.mail;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * Sets how long mails are kept, because they contain addresses.
 *
 * @param retention 1 hour to 90 days
 */
public record MailSettings(
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.HOURS)
        @MaxDuration(value = 90, unit = TimeUnit.DAYS)
        Duration retention) {}
