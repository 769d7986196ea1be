package io.boxoffice.platform.database.read;

import io.boxoffice.platform.database.Connector;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session for the repeated statements of one thread, outside the pools, which may be
 * exhausted. After a failure, and once a minute, it opens a new one: another server may be the
 * right one by then.
 */
final class KeptSession implements ConnectionFactory {
  private static final Logger LOG = LoggerFactory.getLogger(KeptSession.class);
  private static final long LIFETIME_NANOS = Duration.ofMinutes(1).toNanos();

  private final Connector connector;
  private final Jdbi jdbi;
  private Connection session;
  private long openedNanos;

  KeptSession(Connector connector) {
    this.connector = connector;
    this.jdbi = Jdbi.create(this).installPlugin(new SqlObjectPlugin());
  }

  /**
   * Runs statements.
   *
   * @throws JdbiException when the server cannot be reached or a statement fails
   */
  <T> T use(Function<HeartbeatDao, T> statements) {
    try {
      T result = jdbi.withExtension(HeartbeatDao.class, statements::apply);
      if (System.nanoTime() - openedNanos > LIFETIME_NANOS) {
        close();
      }
      return result;
    } catch (JdbiException failure) {
      close();
      throw failure;
    }
  }

  @Override
  public Connection openConnection() throws SQLException {
    if (session == null) {
      session = connector.getConnection();
      openedNanos = System.nanoTime();
    }
    return session;
  }

  @Override
  public void closeConnection(Connection kept) {}

  /** Closes the session. The next use opens another one. */
  void close() {
    if (session != null) {
      try {
        session.close();
      } catch (SQLException broken) {
        LOG.debug("The session had ended", broken);
      }
      session = null;
    }
  }
}
