package io.boxoffice.partners.report;

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
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * The settings of the report partner; docs/partners.md explains them.
 *
 * @param directory the folder of the ledger and of the key
 * @param delay how long it takes to accept a request, in the form of {@link
 *     io.boxoffice.partners.delay.DelayText}
 * @param retention how long a report is kept, 1 minute to 90 days
 * @param mostReports how many reports the ledger holds
 * @param mostTickets how many tickets a report has
 * @param rounds how often the hash of each ticket is computed, if the request does not say
 * @param shopUrl where the tickets are read
 * @param shopToken the operator's token of the shop; empty if it needs none
 */
public record ReportSettings(
    @JsonProperty @NotBlank String directory,
    @JsonProperty @NotBlank String delay,
    @JsonProperty
        @NotNull
        @MinDuration(value = 1, unit = TimeUnit.MINUTES)
        @MaxDuration(value = 90, unit = TimeUnit.DAYS)
        Duration retention,
    @JsonProperty @Min(1) @Max(1_000_000) int mostReports,
    @JsonProperty @Min(1) @Max(100_000_000) long mostTickets,
    @JsonProperty @Min(1) @Max(1_000_000) int rounds,
    @JsonProperty @NotBlank String shopUrl,
    @JsonProperty @NotNull String shopToken) {

  /**
   * Returns the address of the shop.
   *
   * @throws StartupException when the token could be read on the way to it
   */
  URI shop() {
    return SecureAddress.parseWithCluster(shopUrl)
        .orElseThrow(
            () ->
                new StartupException(
                    "SHOP_URL is '%s'. Write an address such as https://shop.example.com; http is for this machine and for a cluster's own names."
                        .formatted(shopUrl)));
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "ReportSettings[directory=" + directory + ", shopUrl=" + shopUrl + "]";
  }
}
