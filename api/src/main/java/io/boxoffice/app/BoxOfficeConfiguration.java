package io.boxoffice.app;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.account.AccountSettings;
import io.boxoffice.event.EventSettings;
import io.boxoffice.gate.GateSettings;
import io.boxoffice.mail.MailSettings;
import io.boxoffice.order.OrderSettings;
import io.boxoffice.order.payment.PaymentSettings;
import io.boxoffice.partner.Communication;
import io.boxoffice.partner.PartnerSettings;
import io.boxoffice.platform.database.DatabaseSettings;
import io.boxoffice.platform.database.MonitoringRole;
import io.boxoffice.platform.database.ServingRole;
import io.boxoffice.platform.database.embedded.EmbeddedSettings;
import io.boxoffice.platform.database.read.ReadDatabaseSettings;
import io.boxoffice.platform.redis.RedisSettings;
import io.boxoffice.platform.tracing.TracingSettings;
import io.boxoffice.purchase.desk.SalesDeskSettings;
import io.boxoffice.simulation.SimulationSettings;
import io.boxoffice.site.SiteSettings;
import io.dropwizard.core.Configuration;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Holds the settings of {@code config.yml}. An environment variable can set each of them. */
public final class BoxOfficeConfiguration extends Configuration {
  @Valid @NotNull private final DatabaseSettings database;
  @Valid @NotNull private final ReadDatabaseSettings readDatabase;
  @Valid @NotNull private final EmbeddedSettings embedded;
  @Valid @NotNull private final ServingRole servingRole;
  @Valid @NotNull private final MonitoringRole monitoringRole;
  @Valid @NotNull private final SalesDeskSettings salesDesk;
  @Valid @NotNull private final OrderSettings orders;

  @NotNull
  @MinDuration(value = 1, unit = TimeUnit.DAYS)
  @MaxDuration(value = 3_650, unit = TimeUnit.DAYS)
  private final Duration idempotencyKeyRetention;

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
  @NotNull private final String corsAllowedOrigins;
  @NotNull private final String rateLimits;
  @Valid @NotNull private final RedisSettings redis;
  private final boolean migrateOnStart;
  private final boolean sampleConcerts;
  private final boolean welcome;
  @Valid @NotNull private final EventSettings events;
  @Valid @NotNull private final AccountSettings accounts;
  @Valid @NotNull private final MailSettings mail;
  @NotNull private final Communication communication;
  @Valid @NotNull private final PartnerSettings partners;
  @Valid @NotNull private final PaymentSettings payment;
  @Valid @NotNull private final SimulationSettings simulation;
  @Valid @NotNull private final TracingSettings tracing;
  @Valid @NotNull private final SiteSettings site;
  @Valid @NotNull private final GateSettings gates;

  /** Dropwizard creates the configuration from the file. */
  @JsonCreator
  public BoxOfficeConfiguration(
      @JsonProperty("database") DatabaseSettings database,
      @JsonProperty("readDatabase") ReadDatabaseSettings readDatabase,
      @JsonProperty("embedded") EmbeddedSettings embedded,
      @JsonProperty("servingRole") ServingRole servingRole,
      @JsonProperty("monitoringRole") MonitoringRole monitoringRole,
      @JsonProperty("salesDesk") SalesDeskSettings salesDesk,
      @JsonProperty("orders") OrderSettings orders,
      @JsonProperty("idempotencyKeyRetention") Duration idempotencyKeyRetention,
      @JsonProperty("concertCacheMaxAge") Duration concertCacheMaxAge,
      @JsonProperty("requestBodyTimeout") Duration requestBodyTimeout,
      @JsonProperty("invariantCheckInterval") Duration invariantCheckInterval,
      @JsonProperty("warmUp") Duration warmUp,
      @JsonProperty("operatorToken") String operatorToken,
      @JsonProperty("trustedProxies") String trustedProxies,
      @JsonProperty("corsAllowedOrigins") String corsAllowedOrigins,
      @JsonProperty("rateLimits") String rateLimits,
      @JsonProperty("redis") RedisSettings redis,
      @JsonProperty("migrateOnStart") boolean migrateOnStart,
      @JsonProperty("sampleConcerts") boolean sampleConcerts,
      @JsonProperty("welcome") boolean welcome,
      @JsonProperty("events") EventSettings events,
      @JsonProperty("accounts") AccountSettings accounts,
      @JsonProperty("mail") MailSettings mail,
      @JsonProperty("communication") Communication communication,
      @JsonProperty("partners") PartnerSettings partners,
      @JsonProperty("payment") PaymentSettings payment,
      @JsonProperty("simulation") SimulationSettings simulation,
      @JsonProperty("tracing") TracingSettings tracing,
      @JsonProperty("site") SiteSettings site,
      @JsonProperty("gates") GateSettings gates) {
    this.database = database;
    this.readDatabase = readDatabase;
    this.embedded = embedded;
    this.servingRole = servingRole;
    this.monitoringRole = monitoringRole;
    this.salesDesk = salesDesk;
    this.orders = orders;
    this.idempotencyKeyRetention = idempotencyKeyRetention;
    this.concertCacheMaxAge = concertCacheMaxAge;
    this.requestBodyTimeout = requestBodyTimeout;
    this.invariantCheckInterval = invariantCheckInterval;
    this.warmUp = warmUp;
    this.operatorToken = operatorToken;
    this.trustedProxies = trustedProxies;
    this.corsAllowedOrigins = corsAllowedOrigins;
    this.rateLimits = rateLimits;
    this.redis = redis;
    this.migrateOnStart = migrateOnStart;
    this.sampleConcerts = sampleConcerts;
    this.welcome = welcome;
    this.events = events;
    this.accounts = accounts;
    this.mail = mail;
    this.communication = communication;
    this.partners = partners;
    this.payment = payment;
    this.simulation = simulation;
    this.tracing = tracing;
    this.site = site;
    this.gates = gates;
  }

  /** The connection pool. */
  public DatabaseSettings database() {
    return database;
  }

  /** The standbys that serve reads, if there are some. */
  public ReadDatabaseSettings readDatabase() {
    return readDatabase;
  }

  /** The embedded PostgreSQL, which the service starts when {@code database} has no address. */
  public EmbeddedSettings embedded() {
    return embedded;
  }

  /** The database role that a migration creates for the replicas. */
  public ServingRole servingRole() {
    return servingRole;
  }

  /** The database role that a migration creates for postgres_exporter. */
  public MonitoringRole monitoringRole() {
    return monitoringRole;
  }

  /** The limits of the sales desk. */
  public SalesDeskSettings salesDesk() {
    return salesDesk;
  }

  /** How long orders wait for what, and how long they are kept. */
  public OrderSettings orders() {
    return orders;
  }

  /** For how long a repeated purchase or order is recognised by its key. */
  public java.time.Duration idempotencyKeyRetention() {
    return idempotencyKeyRetention.toJavaDuration();
  }

  /** How old a response to a concert query may be. */
  public java.time.Duration concertCacheMaxAge() {
    return concertCacheMaxAge.toJavaDuration();
  }

  /** How long a request's body may take to be received. */
  public java.time.Duration requestBodyTimeout() {
    return requestBodyTimeout.toJavaDuration();
  }

  /** How often the gauges that need a query are read. */
  public Duration invariantCheckInterval() {
    return invariantCheckInterval;
  }

  /**
   * The token that an operator sends; if it is blank, operator calls are accepted on loopback only.
   */
  public String operatorToken() {
    return operatorToken;
  }

  /** The proxies whose X-Forwarded-For header the service trusts. */
  public List<String> trustedProxies() {
    return CommaSeparated.list(trustedProxies);
  }

  /** The origins whose pages may call the service from a browser. */
  public List<String> corsAllowedOrigins() {
    return CommaSeparated.list(corsAllowedOrigins);
  }

  /** The rate limits besides the shipped ones: a JSON array, or blank. */
  public String rateLimits() {
    return rateLimits;
  }

  /** Whether there is a Redis, and where. */
  public RedisSettings redis() {
    return redis;
  }

  /** How long a warm-up may last before the replica reports ready; zero for no warm-up. */
  public java.time.Duration warmUp() {
    return warmUp.toJavaDuration();
  }

  /** Whether to bring the schema up to date at start. */
  public boolean migrateOnStart() {
    return migrateOnStart;
  }

  /** Whether the service inserts three sample concerts into an empty database. */
  public boolean sampleConcerts() {
    return sampleConcerts;
  }

  /** Whether to print the addresses of the service on the terminal. */
  public boolean welcome() {
    return welcome;
  }

  /** The settings of events. */
  public EventSettings events() {
    return events;
  }

  /** The settings of accounts. */
  public AccountSettings accounts() {
    return accounts;
  }

  /** The settings of mails. */
  public MailSettings mail() {
    return mail;
  }

  /** Who calls partners after a change. */
  public Communication communication() {
    return communication;
  }

  /** The partners that are called after a change. */
  public PartnerSettings partners() {
    return partners;
  }

  /** The settings of the payment partner. */
  public PaymentSettings payment() {
    return payment;
  }

  /** The simulation's settings at start. */
  public SimulationSettings simulation() {
    return simulation;
  }

  /** Whether traces are recorded, and what receives them. */
  public TracingSettings tracing() {
    return tracing;
  }

  /** The names of this site and the other one. */
  public SiteSettings site() {
    return site;
  }

  /** The settings of gates. */
  public GateSettings gates() {
    return gates;
  }
}
