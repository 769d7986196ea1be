package io.boxoffice.site;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.http.client.SecureAddress;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Names this site and the other one. Without a name, the shop has one site.
 *
 * @param name 1 to 20 lower-case letters, digits and '_'; blank for a shop of one site
 * @param peer the name of the other site
 * @param peerUrl where the other site's replicas are reached; blank passes no request on
 * @param timeLimit for each request that is passed on, 1 to 60 seconds, beside what the client asks
 *     to wait
 * @param inFlight how many requests may be passed on at once; 1 to 10,000
 */
public record SiteSettings(
    @JsonProperty @NotNull String name,
    @JsonProperty @NotNull String peer,
    @JsonProperty @NotNull String peerUrl,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        @MaxDuration(value = 60, unit = TimeUnit.SECONDS)
        Duration timeLimit,
    @JsonProperty @Min(1) @Max(10_000) int inFlight) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,19}");

  /** Whether the shop has two sites. */
  public boolean isSet() {
    return !name.isBlank();
  }

  /**
   * Returns the address that the path of a request is appended to.
   *
   * @throws StartupException when it is not secure
   */
  URI peerAddress() {
    return SecureAddress.parseWithCluster(peerUrl)
        .filter(uri -> uri.getRawQuery() == null)
        .map(uri -> URI.create(uri.toString().replaceFirst("/*$", "")))
        .orElseThrow(
            () ->
                new StartupException(
                    "PEER_URL is not valid. Expected is the other site's HTTPS address without user, query and fragment; HTTP only on this machine or inside the cluster, such as http://site-b:8080."));
  }

  /**
   * Checks the names.
   *
   * @throws StartupException when one is missing or has another form
   */
  void requireUsable() {
    if (!isSet()) {
      if (!peer.isBlank() || !peerUrl.isBlank()) {
        throw new StartupException(
            "PEER_SITE and PEER_URL need SITE, the name of this site. Leave all three empty for a shop of one site.");
      }
      return;
    }
    if (!NAME.matcher(name).matches() || !NAME.matcher(peer).matches() || name.equals(peer)) {
      throw new StartupException(
          "SITE and PEER_SITE must be two names of 1 to 20 lower-case letters, digits and '_', and begin with a letter.");
    }
  }
}
