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
 * Knows when new sessions would serve better than those of the pool: after one was lost, for what
 * ended it has mostly ended others too; and when one cannot write although a new one could, as
 * after a switchover. While no new one could either, those that the pool has go on reading.
 */
final class Renewal implements SQLExceptionOverride {
  private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

  /**
   * Passes between two looks at the same doubt, and so between two replacements for it. Shorter
   * than readiness's interval, so that each of its checks may bring one about.
   */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final DataSource fresh;
  private final Doubt lost = new Doubt();
  private final Doubt readOnly = new Doubt();

  /**
   * Judges the sessions of a pool.
   *
   * @param fresh opens sessions to compare with, which are not the pool's
   */
  Renewal(DataSource fresh) {
    this.fresh = fresh;
  }

  /**
   * Decides whether the session goes whose statement failed, and notes what that says of others.
   */
  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException failure) {
    SqlState state = SqlState.of(failure);
    if (state.isSessionEnded()) {
      lost.raise();
      return SQLExceptionOverride.Override.MUST_EVICT;
    }
    if (state.isReadOnly()) {
      readOnly.raise(); // It goes when a new one can write. Until then it may read.
    }
    return SQLExceptionOverride.Override.CONTINUE_EVICT;
  }

  /** Whether a session has said that it cannot write; servers before PostgreSQL 14 do not say. */
  boolean isDoubtful(Connection session) throws SQLException {
    PGConnection told = session.unwrap(PGConnection.class);
    boolean doubtful =
        "on".equals(told.getParameterStatus("default_transaction_read_only"))
            || "on".equals(told.getParameterStatus("in_hot_standby"));
    if (doubtful) {
      readOnly.raise();
    }
    return doubtful;
  }

  /**
   * Whether all sessions of the pool should give way to new ones now. Asks the server where a
   * session could not write, in one thread at a time and twice a second at most.
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
    } catch (SQLException away) {
      LOG.debug("No new session can be tried", away);
      return false;
    }
  }

  /** Something that speaks against the pool's sessions, until a look at it confirms it. */
  private static final class Doubt {
    private final ReentrantLock look = new ReentrantLock();
    private volatile boolean raised;
    private volatile long nextLook = System.nanoTime();

    void raise() {
      raised = true;
    }

    boolean isConfirmed(BooleanSupplier evidence) {
      if (!raised || System.nanoTime() - nextLook < 0 || !look.tryLock()) {
        return false;
      }
      try {
        boolean confirmed = evidence.getAsBoolean();
        raised = !confirmed;
        return confirmed;
      } finally {
        nextLook = System.nanoTime() + PAUSE_NANOS;
        look.unlock();
      }
    }
  }
}
