package io.boxoffice.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.account.oidc.provider.ProviderSettings;
import io.boxoffice.account.password.HashingSettings;
import io.boxoffice.account.session.SessionSettings;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/**
 * Holds the settings of accounts.
 *
 * @param codeLifetime how long a code of a mail is valid, 1 second to 1 day
 */
public record AccountSettings(
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        @MaxDuration(value = 1, unit = TimeUnit.DAYS)
        Duration codeLifetime,
    @JsonProperty @Valid @NotNull HashingSettings hashing,
    @JsonProperty @Valid @NotNull SessionSettings sessions,
    @JsonProperty @Valid @NotNull ProviderSettings identityProvider) {}
