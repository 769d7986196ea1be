package io.boxoffice.account.oidc.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.http.client.SecureAddress;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Names the identity provider, and bounds what it may cost.
 *
 * @param issuer the provider's {@code iss}; blank for no sign-in by OpenID Connect
 * @param clientId this service's id at the provider
 * @param clientSecret empty for a public client
 * @param redirectUris where the provider may send the person back to, separated by commas
 * @param emailVerifiedClaim the claim by which the provider says that the address is the person's
 * @param timeLimit for each request to the provider, 100 milliseconds to 30 seconds
 * @param threads how many sign-ins may wait for the provider at once
 * @param queueLength how many more may wait for a thread before others are rejected
 */
public record ProviderSettings(
    @JsonProperty @NotNull String issuer,
    @JsonProperty @NotNull String clientId,
    @JsonProperty @NotNull String clientSecret,
    @JsonProperty @NotNull String redirectUris,
    @JsonProperty @NotBlank String emailVerifiedClaim,
    @JsonProperty
        @NotNull
        @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 30, unit = TimeUnit.SECONDS)
        Duration timeLimit,
    @JsonProperty @Min(1) @Max(16) int threads,
    @JsonProperty @Min(1) @Max(100) int queueLength) {

  /** Whether the service offers sign-in by OpenID Connect. */
  public boolean isOn() {
    return !issuer.isBlank();
  }

  /** The addresses that a client may choose from. */
  public List<String> allowedRedirectUris() {
    return Arrays.stream(redirectUris.split(","))
        .map(String::strip)
        .filter(uri -> !uri.isEmpty())
        .toList();
  }

  /**
   * Checks the settings that depend on each other.
   *
   * @throws StartupException when one is missing or not secure
   */
  public void requireUsable() {
    if (!isOn()) {
      return;
    }
    require(
        SecureAddress.parse(issuer).filter(uri -> uri.getRawQuery() == null).isPresent(),
        "OIDC_ISSUER is '%s'. It must be the provider's issuer: an HTTPS address without a query, or HTTP on this machine, such as https://login.example.com/shop."
            .formatted(issuer));
    require(
        !clientId.isBlank(),
        "OIDC_CLIENT_ID is needed with OIDC_ISSUER. Register this service at the provider and set the client id that it gives.");
    require(
        !allowedRedirectUris().isEmpty(),
        "OIDC_REDIRECT_URIS is needed with OIDC_ISSUER. Set the addresses to which the provider may send people back, separated by commas, such as https://shop.example.com/signed-in.");
    for (String uri : allowedRedirectUris()) {
      require(
          SecureAddress.parse(uri).isPresent(),
          "OIDC_REDIRECT_URIS contains '%s'. Each must be an HTTPS address without a fragment, or HTTP on this machine."
              .formatted(uri));
    }
  }

  private static void require(boolean valid, String otherwise) {
    if (!valid) {
      throw new StartupException(otherwise);
    }
  }

  /** Hides the secret, so that no log can contain it. */
  @Override
  public String toString() {
    return "ProviderSettings of " + issuer;
  }
}
