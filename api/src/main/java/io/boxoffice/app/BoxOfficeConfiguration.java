package io.boxoffice.app;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.platform.database.DatabaseSettings;
import io.boxoffice.platform.database.ServingRole;
import io.boxoffice.platform.database.embedded.EmbeddedSettings;
import io.boxoffice.purchase.SalesDeskSettings;
import io.boxoffice.simulation.SimulationSettings;
import io.dropwizard.core.Configuration;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The settings of {@code config.yml}, each of which an environment variable can set. */
public final class BoxOfficeConfiguration extends Configuration {
  @Valid @NotNull private final DatabaseSettings database;
  @Valid @NotNull private final EmbeddedSettings embedded;
  @Valid @NotNull private final ServingRole servingRole;
  @Valid @NotNull private final SalesDeskSettings salesDesk;

  @NotNull
  @MaxDuration(value = 1, unit = TimeUnit.SECONDS)
  private final Duration concertCacheMaxAge;

  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
  private final Duration requestBodyTimeout;

  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.SECONDS)
  private final Duration invariantCheckInterval;

  @NotNull
  @MaxDuration(value = 5, unit = TimeUnit.MINUTES)
  private final Duration warmUp;

  @NotNull private final String operatorToken;
  @NotNull private final String trustedProxies;
  private final boolean migrateOnStart;
  private final boolean sampleConcerts;
  private final boolean welcome;
  @Valid @NotNull private final SimulationSettings simulation;

  /** Dropwizard makes it from the file. */
  @JsonCreator
  public BoxOfficeConfiguration(
      @JsonProperty("database") DatabaseSettings database,
      @JsonProperty("embedded") EmbeddedSettings embedded,
      @JsonProperty("servingRole") ServingRole servingRole,
      @JsonProperty("salesDesk") SalesDeskSettings salesDesk,
      @JsonProperty("concertCacheMaxAge") Duration concertCacheMaxAge,
      @JsonProperty("requestBodyTimeout") Duration requestBodyTimeout,
      @JsonProperty("invariantCheckInterval") Duration invariantCheckInterval,
      @JsonProperty("warmUp") Duration warmUp,
      @JsonProperty("operatorToken") String operatorToken,
      @JsonProperty("trustedProxies") String trustedProxies,
      @JsonProperty("migrateOnStart") boolean migrateOnStart,
      @JsonProperty("sampleConcerts") boolean sampleConcerts,
      @JsonProperty("welcome") boolean welcome,
      @JsonProperty("simulation") SimulationSettings simulation) {
    this.database = database;
    this.embedded = embedded;
    this.servingRole = servingRole;
    this.salesDesk = salesDesk;
    this.concertCacheMaxAge = concertCacheMaxAge;
    this.requestBodyTimeout = requestBodyTimeout;
    this.invariantCheckInterval = invariantCheckInterval;
    this.warmUp = warmUp;
    this.operatorToken = operatorToken;
    this.trustedProxies = trustedProxies;
    this.migrateOnStart = migrateOnStart;
    this.sampleConcerts = sampleConcerts;
    this.welcome = welcome;
    this.simulation = simulation;
  }

  /** The connection pool. */
  public DatabaseSettings database() {
    return database;
  }

  /** The PostgreSQL that is started when the pool has no address. */
  public EmbeddedSettings embedded() {
    return embedded;
  }

  /** The role that a migration makes for the replicas. */
  public ServingRole servingRole() {
    return servingRole;
  }

  /** The limits of the sales desk. */
  public SalesDeskSettings salesDesk() {
    return salesDesk;
  }

  /** How old an answer to a reader of concerts may be. */
  public java.time.Duration concertCacheMaxAge() {
    return concertCacheMaxAge.toJavaDuration();
  }

  /** How long a request's body may take to arrive. */
  public java.time.Duration requestBodyTimeout() {
    return requestBodyTimeout.toJavaDuration();
  }

  /** How often the gauges that take a query are asked. */
  public Duration invariantCheckInterval() {
    return invariantCheckInterval;
  }

  /** What operators must show; blank for loopback only. */
  public String operatorToken() {
    return operatorToken;
  }

  /** The proxies whose X-Forwarded-For is believed. */
  public List<String> trustedProxies() {
    return Arrays.stream(trustedProxies.split(","))
        .map(String::strip)
        .filter(proxy -> !proxy.isEmpty())
        .toList();
  }

  /** How long to warm up before the replica reports ready; zero for no warm-up. */
  public java.time.Duration warmUp() {
    return warmUp.toJavaDuration();
  }

  /** Whether to bring the schema up to date at start. */
  public boolean migrateOnStart() {
    return migrateOnStart;
  }

  /** Whether an empty database gets three concerts for a first look. */
  public boolean sampleConcerts() {
    return sampleConcerts;
  }

  /** Whether to tell the person at the terminal where the service is. */
  public boolean welcome() {
    return welcome;
  }

  /** How the simulation begins. */
  public SimulationSettings simulation() {
    return simulation;
  }
}
