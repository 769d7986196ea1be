package io.boxoffice.partners.payment.callback;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.platform.StartupException;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The settings of callbacks.
 *
 * @param url where they go to; empty for none
 * @param secret signs them
 * @param delay how long after its charge a callback is sent
 * @param duplicatePercent how many of 100 callbacks are sent a second time
 * @param timeLimit for each attempt, 100 ms to 30 s
 * @param firstPause between the first two attempts, 10 ms to 5 min
 * @param giveUpAfter how long after its charge or refund a callback is tried, 7 days at most
 */
public record CallbackSettings(
    @JsonProperty @NotNull String url,
    @JsonProperty @NotNull String secret,
    @JsonProperty @NotBlank String delay,
    @JsonProperty @DecimalMin("0") @DecimalMax("100") double duplicatePercent,
    @JsonProperty
        @NotNull
        @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 30, unit = TimeUnit.SECONDS)
        Duration timeLimit,
    @JsonProperty
        @NotNull
        @MinDuration(value = 10, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 5, unit = TimeUnit.MINUTES)
        Duration firstPause,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        @MaxDuration(value = 7, unit = TimeUnit.DAYS)
        Duration giveUpAfter) {

  private static final int SHORTEST_SECRET = 16;

  /**
   * Returns where callbacks go to; empty when none are sent.
   *
   * @throws StartupException when the address or the secret cannot be used
   */
  public Optional<URI> target() {
    if (url.isBlank()) {
      return Optional.empty();
    }
    if (secret.length() < SHORTEST_SECRET) {
      throw new StartupException(
          "PAYMENT_CALLBACK_SECRET has %d characters. CALLBACK_URL is set, so give the secret %d or more, and the shop the same."
              .formatted(secret.length(), SHORTEST_SECRET));
    }
    try {
      URI target = new URI(url);
      if (Set.of("http", "https").contains(String.valueOf(target.getScheme()))
          && target.getHost() != null
          && target.getUserInfo() == null) {
        return Optional.of(target);
      }
    } catch (URISyntaxException noAddress) {
      // Falls through: the address is rejected below.
    }
    throw new StartupException(
        "CALLBACK_URL is '%s'. Write an address such as http://localhost:8080/v1/partner-callbacks/payment, without a user."
            .formatted(url));
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "CallbackSettings[url=" + url + "]";
  }
}
