package io.boxoffice.event.postgres;

import io.boxoffice.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** Opens sessions of one client of a database, and ends all of them as a crash does. */
public final class TestSessions implements ConnectionFactory {
  private final TestDatabase database;
  private final Queue<Connection> open = new ConcurrentLinkedQueue<>();
  private volatile boolean killed;

  public TestSessions(TestDatabase database) {
    this.database = database;
  }

  public Jdbi jdbi() {
    return Jdbi.create(this)
        .installPlugin(new PostgresPlugin())
        .installPlugin(new SqlObjectPlugin());
  }

  @Override
  public synchronized Connection openConnection() throws SQLException {
    if (killed) {
      throw new SQLException("killed", "08006");
    }
    Connection connection =
        DriverManager.getConnection(database.url(), database.user(), database.password());
    open.add(connection);
    return connection;
  }

  /** Ends all sessions, and opens none any more. */
  public synchronized void kill() throws SQLException {
    killed = true;
    endAll();
  }

  /** Ends all sessions. */
  public synchronized void endAll() throws SQLException {
    for (Connection connection : open) {
      connection.abort(Runnable::run);
    }
    open.clear();
  }
}
