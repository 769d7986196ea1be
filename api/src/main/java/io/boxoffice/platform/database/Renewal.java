package io.boxoffice.platform.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when the pool must replace its sessions. There are two reasons. First, a session was
 * lost: the cause has probably ended others too. Second, a session cannot write but a new one can,
 * as after a switchover. While no new session can write either, the pool's sessions continue to
 * read.
 */
final class Renewal implements SQLExceptionOverride {
  private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

  /**
   * The minimum time between two checks of the same doubt, and so between two replacements. It is
   * shorter than the interval of the readiness check, so that each of those checks can cause a
   * replacement.
   */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final DataSource fresh;
  private final Doubt lost = new Doubt();
  private final Doubt readOnly = new Doubt();

  /**
   * Creates the check for one pool.
   *
   * @param fresh opens sessions to compare with, outside the pool
   */
  Renewal(DataSource fresh) {
    this.fresh = fresh;
  }

  /**
   * Decides whether the pool evicts the session whose statement failed, and records what the
   * failure means for the other sessions.
   */
  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException failure) {
    SqlState state = SqlState.of(failure);
    if (state.isSessionEnded()) {
      lost.raise();
      return SQLExceptionOverride.Override.MUST_EVICT;
    }
    if (state.isReadOnly()) {
      readOnly.raise(); // The pool evicts it once a new session can write. Until then it may read.
    }
    return SQLExceptionOverride.Override.CONTINUE_EVICT;
  }

  /**
   * Whether a session reports that it cannot write. Servers before PostgreSQL 14 do not report it.
   */
  boolean isDoubtful(Connection session) throws SQLException {
    PGConnection connection = session.unwrap(PGConnection.class);
    boolean doubtful =
        "on".equals(connection.getParameterStatus("default_transaction_read_only"))
            || "on".equals(connection.getParameterStatus("in_hot_standby"));
    if (doubtful) {
      readOnly.raise();
    }
    return doubtful;
  }

  /**
   * Whether the pool should replace all its sessions now. If a session could not write, this
   * queries the server, on one thread at a time and at most twice a second.
   */
  boolean isDue() {
    if (lost.isConfirmed(() -> true)) {
      LOG.warn("A session was lost: the pool replaces all of them");
      return true;
    }
    if (readOnly.isConfirmed(this::canNewOneWrite)) {
      LOG.warn("A session could not write and a new one can: the pool replaces all of them");
      return true;
    }
    return false;
  }

  private boolean canNewOneWrite() {
    try (Connection session = fresh.getConnection();
        Statement statement = session.createStatement();
        ResultSet readOnly = statement.executeQuery("SHOW transaction_read_only")) {
      return readOnly.next() && readOnly.getString(1).equals("off");
    } catch (SQLException unreachable) {
      LOG.debug("No new session can be tried", unreachable);
      return false;
    }
  }

  /** A doubt about the pool's sessions, which a check can confirm. */
  private static final class Doubt {
    private final ReentrantLock checking = new ReentrantLock();
    private volatile boolean raised;
    private volatile long nextCheck = System.nanoTime();

    void raise() {
      raised = true;
    }

    boolean isConfirmed(BooleanSupplier evidence) {
      if (!raised || System.nanoTime() - nextCheck < 0 || !checking.tryLock()) {
        return false;
      }
      try {
        boolean confirmed = evidence.getAsBoolean();
        raised = !confirmed;
        return confirmed;
      } finally {
        nextCheck = System.nanoTime() + PAUSE_NANOS;
        checking.unlock();
      }
    }
  }
}
