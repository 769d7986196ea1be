package io.boxoffice.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries to connect until the server accepts, so that the pool has a session soon after an outage.
 * The pool itself waits up to five seconds between two attempts.
 */
final class PatientConnector extends Connector {
  private static final Logger LOG = LoggerFactory.getLogger(PatientConnector.class);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Outage outage;

  /**
   * An outage: a time in which every attempt to connect failed.
   *
   * @param failure of the last attempt
   * @param sinceNanos when the first attempt failed, as {@link System#nanoTime}
   */
  record Outage(SQLException failure, long sinceNanos) {
    boolean isLongerThan(Duration limit) {
      return System.nanoTime() - sinceNanos > limit.toNanos();
    }
  }

  PatientConnector(DatabaseSettings settings) {
    super(settings);
  }

  /** The current outage, if there is one. */
  Optional<Outage> outage() {
    return Optional.ofNullable(outage);
  }

  /**
   * Waits for a session.
   *
   * @throws SQLException only after the stop, or when the thread is interrupted
   */
  @Override
  public Connection getConnection() throws SQLException {
    while (true) {
      try {
        Connection session = super.getConnection();
        if (outage != null) {
          LOG.info("The database takes connections again");
          outage = null;
        }
        return session;
      } catch (SQLException failure) {
        recordFailure(failure);
        if (isStoppedWithinPause()) {
          throw failure;
        }
      }
    }
  }

  @Override
  public void stop() {
    stopped.countDown();
  }

  private void recordFailure(SQLException failure) {
    Outage before = outage;
    if (before == null) {
      LOG.error("The database takes no connections: {}", failure.getMessage());
    }
    outage = new Outage(failure, before == null ? System.nanoTime() : before.sinceNanos());
  }

  private boolean isStoppedWithinPause() {
    try {
      return stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
