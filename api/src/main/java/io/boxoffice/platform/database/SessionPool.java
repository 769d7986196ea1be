package io.boxoffice.platform.database;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.boxoffice.platform.database.PatientConnector.Outage;
import io.dropwizard.db.ManagedDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Provides database sessions that work: HikariCP, with two additions. The pool replaces its
 * sessions when {@link Renewal} demands it, and its errors distinguish an exhausted pool from an
 * unreachable database.
 */
final class SessionPool extends HikariDataSource implements ManagedDataSource {
  private static final String CONNECTION_FAILURE = "08006";

  private final PatientConnector connector;
  private final Renewal renewal;
  private final Meter timeouts;
  private final HikariPoolMXBean sessions;

  /** Opens the pool. The pool then connects in the background. */
  static SessionPool open(DatabaseSettings settings, MetricRegistry metrics, String name) {
    PatientConnector connector = new PatientConnector(settings);
    // A request waits for this check, so its socket timeout is shorter than a sale's.
    Renewal renewal = new Renewal(new Connector(settings, Map.of("socketTimeout", "2")));
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(connector);
    config.setExceptionOverride(renewal);
    config.setInitializationFailTimeout(-1); // Start-up has already connected, to read the schema.
    config.setMinimumIdle(settings.getMinSize());
    config.setMaximumPoolSize(settings.getMaxSize());
    config.setConnectionTimeout(settings.getMaxWaitForConnection().toMilliseconds());
    settings
        .getValidationQueryTimeout()
        .ifPresent(limit -> config.setValidationTimeout(limit.toMilliseconds()));
    settings.getMaxConnectionAge().ifPresent(age -> limitAge(config, age.toMilliseconds()));
    return new SessionPool(config, connector, renewal, metrics);
  }

  private SessionPool(
      HikariConfig config, PatientConnector connector, Renewal renewal, MetricRegistry metrics) {
    super(config);
    this.connector = connector;
    this.renewal = renewal;
    this.sessions = getHikariPoolMXBean();
    this.timeouts = metrics.meter("database.pool.timeouts");
    gauge(metrics, "max-connections", this::getMaximumPoolSize);
    gauge(metrics, "connections.active", sessions::getActiveConnections);
    gauge(metrics, "connections.idle", sessions::getIdleConnections);
    gauge(metrics, "connections.waiting", sessions::getThreadsAwaitingConnection);
  }

  private static void limitAge(HikariConfig config, long millis) {
    config.setMaxLifetime(millis);
    // HikariCP logs a warning if a limit for idle sessions has no effect because of the maximum
    // age.
    config.setIdleTimeout(Math.min(config.getIdleTimeout(), millis / 2));
    if (config.getKeepaliveTime() >= millis) {
      config.setKeepaliveTime(0);
    }
  }

  private static void gauge(MetricRegistry metrics, String name, Gauge<Integer> gauge) {
    metrics.register("database.pool." + name, gauge);
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (renewal.isDue()) {
      sessions.softEvictConnections();
    }
    Connection session = lend();
    if (renewal.isDoubtful(session) && renewal.isDue()) {
      sessions.softEvictConnections();
      session.close();
      return lend();
    }
    return session;
  }

  private Connection lend() throws SQLException {
    Optional<Outage> outage = connector.outage();
    if (outage.isPresent() && isLongOutage(outage.get())) {
      throw unreachable(outage);
    }
    try {
      return super.getConnection();
    } catch (SQLTransientConnectionException timedOut) {
      outage = connector.outage();
      int open = sessions.getTotalConnections();
      if (open == 0 || (outage.isPresent() && open < getMaximumPoolSize())) {
        throw unreachable(outage);
      }
      timeouts.mark();
      throw new PoolExhaustedException(timedOut.getMessage());
    }
  }

  /**
   * Whether to reject the request at once. A request waits through a short outage; in a long one,
   * waiting would only block its thread.
   */
  private boolean isLongOutage(Outage outage) {
    return sessions.getTotalConnections() == 0
        && outage.isLongerThan(Duration.ofMillis(getConnectionTimeout()));
  }

  private static SQLException unreachable(Optional<Outage> outage) {
    SQLException cause = outage.map(Outage::failure).orElse(null);
    return new SQLTransientConnectionException(
        "The database takes no connections",
        cause == null ? CONNECTION_FAILURE : cause.getSQLState(),
        cause);
  }

  @Override
  public void start() {}

  @Override
  public void stop() {
    connector.stop();
    close();
  }
}
