package io.boxoffice.account.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.concurrent.TimeUnit;

/**
 * Sets who issues access tokens and how long tokens and keys are used.
 *
 * @param issuer the tokens' {@code iss}; replicas of one shop have the same one
 * @param accessTokenLifetime 1 second to 1 hour
 * @param lifetime how long a session can be refreshed after its sign-in, 1 minute to 400 days
 * @param keyRotation how long a key signs, 1 day to 400 days
 * @param failuresWithoutDelay how many sign-ins to one account from one network may fail before the
 *     next one must wait, 1 to 1,000
 */
public record SessionSettings(
    @JsonProperty @NotNull @Size(min = 1, max = 200) String issuer,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        @MaxDuration(value = 1, unit = TimeUnit.HOURS)
        Duration accessTokenLifetime,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.MINUTES)
        @MaxDuration(value = 400, unit = TimeUnit.DAYS)
        Duration lifetime,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.DAYS)
        @MaxDuration(value = 400, unit = TimeUnit.DAYS)
        Duration keyRotation,
    @JsonProperty @Min(1) @Max(1_000) int failuresWithoutDelay) {}
