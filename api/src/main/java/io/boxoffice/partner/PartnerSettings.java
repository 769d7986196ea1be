package io.boxoffice.partner;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.http.client.BearerToken;
import io.boxoffice.platform.http.client.SecureAddress;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Names the partners that are called after a change. A blank address means that the partner is not
 * called.
 *
 * @param emailUrl the address that {@code /mails} is below
 * @param searchUrl the address that {@code /concerts} is below
 * @param analyticsUrl the address that {@code /events} is below
 * @param reportUrl the address that {@code /reports} is below
 * @param token what the shop shows all of them; blank for none
 * @param timeLimit for each call with its answer, 100 milliseconds to 60 seconds
 */
public record PartnerSettings(
    @JsonProperty @NotNull String emailUrl,
    @JsonProperty @NotNull String searchUrl,
    @JsonProperty @NotNull String analyticsUrl,
    @JsonProperty @NotNull String reportUrl,
    @JsonProperty @NotNull String token,
    @JsonProperty
        @NotNull
        @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 60, unit = TimeUnit.SECONDS)
        Duration timeLimit) {

  /** Returns the address that the paths of calls are appended to; empty without this partner. */
  Optional<URI> base(Partner partner) {
    String url = url(partner);
    return url.isBlank() ? Optional.empty() : Optional.of(URI.create(url.replaceFirst("/*$", "/")));
  }

  private String url(Partner partner) {
    return switch (partner) {
      case EMAIL -> emailUrl;
      case SEARCH -> searchUrl;
      case ANALYTICS -> analyticsUrl;
      case REPORT -> reportUrl;
    };
  }

  /**
   * Checks the form of the addresses and of the token.
   *
   * @throws StartupException when one is not secure; the message contains no secret
   */
  void requireUsable() {
    for (Partner partner : Partner.values()) {
      String url = url(partner);
      if (!url.isBlank()
          && SecureAddress.parseWithCluster(url)
              .filter(uri -> uri.getRawQuery() == null)
              .isEmpty()) {
        throw new StartupException(
            "%s_URL is not valid. Expected is an HTTPS address without user, query and fragment, such as https://partner.example.com/v1; HTTP only on this machine or inside the cluster, such as http://partners:8090. Leave it empty to run without this partner."
                .formatted(partner.name()));
      }
    }
    if (!token.isBlank() && !BearerToken.hasForm(token)) {
      throw new StartupException(
          "PARTNER_TOKEN has another form than a bearer token: 1 to 500 letters, digits and '-', '.', '_', '~', '+', '/'. Set the token that the partners expect, or leave PARTNER_TOKEN empty if they need none.");
    }
  }

  /** Hides the token and the addresses, so that no log can contain them. */
  @Override
  public String toString() {
    return "PartnerSettings[timeLimit=%s]".formatted(timeLimit);
  }
}
