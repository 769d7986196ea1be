package io.boxoffice.simulation.setting;

import io.boxoffice.platform.database.Connector;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.lifecycle.Managed;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this replica's setting equal to the one in the database. It listens for notifications on a
 * connection of its own, and also polls every second, because a notification can be lost. While the
 * database is unavailable, the last known setting stays in force.
 */
public final class SettingFollower implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(SettingFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration RECONNECT = Duration.ofMillis(500);

  /**
   * The longest wait for an answer of the database. The operating system detects a broken network
   * only after minutes.
   */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

  private final Connector connector;
  private final SettingStore store;
  private final LiveSimulation simulation;
  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "simulation-follower");
  private volatile Connection openConnection;

  /** The failure that was logged last; null after a success. Only the thread uses it. */
  private String loggedFailure;

  /**
   * Creates the follower.
   *
   * @param database the database that it connects to
   * @param store the store that it reads through its own connection
   * @param simulation receives each new setting
   */
  public SettingFollower(
      DataSourceFactory database, SettingStore store, LiveSimulation simulation, Clock clock) {
    this.connector =
        new Connector(database, Map.of("socketTimeout", Long.toString(ANSWER_LIMIT.toSeconds())));
    this.store = store;
    this.simulation = simulation;
    this.clock = clock;
    thread.setDaemon(true);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() throws InterruptedException, SQLException {
    stopped.countDown();
    Connection open = openConnection;
    if (open != null) {
      open.abort(Runnable::run); // Ends the wait for a notification at once.
    }
    thread.join(STOP_LIMIT.toMillis());
  }

  private void run() {
    try {
      do {
        followUntilFailure();
      } while (!stopped.await(RECONNECT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException ended) {
      LOG.debug("No longer following");
    }
  }

  private void followUntilFailure() {
    try (Connection connection = connector.getConnection();
        Statement statement = connection.createStatement()) {
      openConnection = connection;
      statement.execute("LISTEN simulation");
      SettingStore connectedStore =
          store.through(
              Jdbi.create(connection)
                  .installPlugin(new SqlObjectPlugin())
                  .installPlugin(new PostgresPlugin()));
      while (stopped.getCount() > 0) {
        tryRefresh(connectedStore);
        connection.unwrap(PGConnection.class).getNotifications((int) POLL.toMillis());
      }
    } catch (SQLException | JdbiException failure) {
      if (isNews(failure)) {
        LOG.warn("The simulation keeps its last known setting: {}", failure.getMessage());
      }
    } catch (RuntimeException unexpected) {
      logUnexpected(unexpected);
    }
  }

  private void tryRefresh(SettingStore connectedStore) {
    try {
      refresh(connectedStore);
      if (loggedFailure != null) {
        LOG.info("The simulation follows the database again");
        loggedFailure = null;
      }
    } catch (JdbiException failure) {
      // The connection may be broken, so the follower opens another one.
      throw failure;
    } catch (UnreadableSettingException newer) {
      if (isNews(newer)) {
        LOG.error(
            "The stored setting of the simulation cannot be read; the last known one stays in force",
            newer);
      }
    } catch (RuntimeException unexpected) {
      logUnexpected(unexpected);
    }
  }

  private void logUnexpected(RuntimeException unexpected) {
    if (isNews(unexpected)) {
      LOG.error("The simulation continues to follow the database after an error", unexpected);
    }
  }

  /** Returns whether the failure is not the one that was logged last, and remembers it. */
  private boolean isNews(Exception failure) {
    String cause = failure.toString();
    if (stopped.getCount() == 0 || cause.equals(loggedFailure)) {
      return false;
    }
    loggedFailure = cause;
    return true;
  }

  private void refresh(SettingStore connectedStore) {
    connectedStore.readNewerThan(simulation.stored().version()).ifPresent(simulation::follow);
    if (simulation.stored().isExpired(clock.instant())) {
      connectedStore.revertExpired().ifPresent(simulation::follow);
    }
  }
}
