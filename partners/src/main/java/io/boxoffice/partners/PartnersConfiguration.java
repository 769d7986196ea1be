package io.boxoffice.partners;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.partners.analytics.AnalyticsSettings;
import io.boxoffice.partners.email.EmailSettings;
import io.boxoffice.partners.payment.PaymentSettings;
import io.boxoffice.partners.report.ReportSettings;
import io.boxoffice.partners.search.SearchSettings;
import io.boxoffice.platform.tracing.TracingSettings;
import io.dropwizard.core.Configuration;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.TimeUnit;

/** Holds the settings of {@code partners.yml}. An environment variable can set each of them. */
public final class PartnersConfiguration extends Configuration {
  @NotNull private final String token;

  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
  private final Duration requestBodyTimeout;

  @Valid @NotNull private final PaymentSettings payment;
  @Valid @NotNull private final EmailSettings email;
  @Valid @NotNull private final SearchSettings search;
  @Valid @NotNull private final AnalyticsSettings analytics;
  @Valid @NotNull private final ReportSettings report;
  @Valid @NotNull private final TracingSettings tracing;

  /** Dropwizard creates the configuration from the file. */
  @JsonCreator
  public PartnersConfiguration(
      @JsonProperty("token") String token,
      @JsonProperty("requestBodyTimeout") Duration requestBodyTimeout,
      @JsonProperty("payment") PaymentSettings payment,
      @JsonProperty("email") EmailSettings email,
      @JsonProperty("search") SearchSettings search,
      @JsonProperty("analytics") AnalyticsSettings analytics,
      @JsonProperty("report") ReportSettings report,
      @JsonProperty("tracing") TracingSettings tracing) {
    this.token = token;
    this.requestBodyTimeout = requestBodyTimeout;
    this.payment = payment;
    this.email = email;
    this.search = search;
    this.report = report;
    this.analytics = analytics;
    this.tracing = tracing;
  }

  /** The token that every call must carry; if it is blank, calls are accepted on loopback only. */
  public String token() {
    return token;
  }

  /** How long a request's body may take to be received. */
  public java.time.Duration requestBodyTimeout() {
    return requestBodyTimeout.toJavaDuration();
  }

  /** The settings of the role {@code payment}. */
  public PaymentSettings payment() {
    return payment;
  }

  /** The settings of the role {@code email}. */
  public EmailSettings email() {
    return email;
  }

  /** The settings of the role {@code search}. */
  public SearchSettings search() {
    return search;
  }

  /** The settings of the role {@code analytics}. */
  public AnalyticsSettings analytics() {
    return analytics;
  }

  /** The settings of the role {@code report}. */
  public ReportSettings report() {
    return report;
  }

  /** Whether traces are recorded, and what receives them. */
  public TracingSettings tracing() {
    return tracing;
  }
}
