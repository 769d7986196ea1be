package io.boxoffice.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGConnection;

/** Waits on a session for the notices that it listens to, until another thread ends the wait. */
public final class Notices {
  private final Connection session;
  private volatile boolean waiting;
  private volatile boolean ended;

  /** Waits on the given session, which has executed LISTEN. */
  public Notices(Connection session) {
    this.session = session;
  }

  /** Forgets the notices that were received. Call it before a look for what they announce. */
  public void forget() throws SQLException {
    session.unwrap(PGConnection.class).getNotifications();
  }

  /**
   * Waits for a notice, for the given time at most. It returns at once after {@link #end}.
   *
   * @param limit 1 ms or longer
   * @throws SQLException when the session was lost, or {@link #end} was called meanwhile
   */
  public void await(Duration limit) throws SQLException {
    waiting = true;
    try {
      if (!ended) {
        session.unwrap(PGConnection.class).getNotifications((int) limit.toMillis());
      }
    } finally {
      waiting = false;
    }
  }

  /** Ends the session if it waits, and later waits return at once. */
  public void end() {
    ended = true;
    if (waiting) {
      try {
        session.abort(Runnable::run);
      } catch (SQLException closed) {
        waiting = false; // The session has ended already.
      }
    }
  }
}
