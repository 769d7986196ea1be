package io.boxoffice.platform.database.read;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.database.Connector;
import io.boxoffice.platform.database.DatabaseSettings;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** Opens the standbys of the settings for reads that may be a little old. */
public final class ReadDatabase {
  /** How many measurements in a row must be good before reads go to a standby. */
  private static final int GOOD_MEASUREMENTS = 8;

  /** How long a read waits for a session, before it goes to the primary. HikariCP's minimum. */
  private static final Duration WAIT = Duration.ofMillis(250);

  /** Sessions are replaced after this time, so that they return to a standby after a failover. */
  private static final Duration LIFETIME = Duration.ofMinutes(1);

  /** A read that fails on a standby is repeated, so its limits are shorter than the primary's. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "ApplicationName",
          "boxoffice-reads",
          "connectTimeout",
          "1",
          "loginTimeout",
          "2",
          "socketTimeout",
          "3",
          "hostRecheckSeconds",
          "2",
          // An address may name another type.
          "targetServerType",
          "secondary",
          "options",
          "-c statement_timeout=2s -c default_transaction_read_only=on");

  private ReadDatabase() {}

  /**
   * Opens the standbys. Their outage at the start is no failure.
   *
   * @param settings without an address, all reads go to the primary
   * @param database how the primary is reached, with the user and password for both
   * @param primary the primary's pool
   */
  public static Reads open(
      ReadDatabaseSettings settings,
      DatabaseSettings database,
      Jdbi primary,
      Environment environment) {
    return settings.isOn()
        ? openStandby(settings, database, primary, environment)
        : Reads.ofPrimary(primary);
  }

  private static Reads openStandby(
      ReadDatabaseSettings settings,
      DatabaseSettings database,
      Jdbi primary,
      Environment environment) {
    MetricRegistry metrics = environment.metrics();
    Duration maxAge = settings.maxAge().toJavaDuration();
    Connector standbys = new Connector(settings.url().strip(), database, LIMITS);
    HikariDataSource pool = pool(standbys, settings.poolSize());
    HikariPoolMXBean sessions = pool.getHikariPoolMXBean();
    StandbyState state = new StandbyState(GOOD_MEASUREMENTS);
    Heartbeats heartbeats =
        new Heartbeats(
            maxAge,
            new KeptSession(new Connector(database, Map.of("socketTimeout", "2"))),
            new KeptSession(standbys),
            state);
    gauge(metrics, "age", heartbeats::ageSeconds);
    gauge(metrics, "usable", () -> state.isUsable() ? 1 : 0);
    gauge(metrics, "connections.active", sessions::getActiveConnections);
    gauge(metrics, "connections.idle", sessions::getIdleConnections);
    gauge(metrics, "connections.waiting", sessions::getThreadsAwaitingConnection);
    // Managed objects stop in reverse order, so the measurements end first.
    environment.lifecycle().manage(new AutoCloseableManager(pool));
    environment.lifecycle().manage(new AutoCloseableManager(heartbeats::stop));
    environment
        .lifecycle()
        .manage(new RepeatedTask("read-heartbeats", Heartbeats.pause(maxAge), heartbeats::beat));
    return new StandbyReads(
        primary,
        jdbi(pool),
        () -> sessions.getActiveConnections() >= settings.poolSize(),
        heartbeats,
        state,
        metrics);
  }

  private static HikariDataSource pool(Connector standbys, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("read-database");
    config.setDataSource(standbys);
    config.setInitializationFailTimeout(-1);
    config.setMinimumIdle(1);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(WAIT.toMillis());
    config.setValidationTimeout(WAIT.toMillis());
    config.setMaxLifetime(LIFETIME.toMillis());
    config.setIdleTimeout(LIFETIME.dividedBy(2).toMillis());
    config.setKeepaliveTime(0);
    return new HikariDataSource(config);
  }

  private static Jdbi jdbi(HikariDataSource pool) {
    Jdbi jdbi =
        Jdbi.create(pool).installPlugin(new SqlObjectPlugin()).installPlugin(new PostgresPlugin());
    // Keeps bound values, such as e-mail addresses, out of exception messages and so out of the
    // log.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
    return jdbi;
  }

  private static void gauge(MetricRegistry metrics, String name, Gauge<Number> gauge) {
    metrics.register("read-database." + name, gauge);
  }
}
