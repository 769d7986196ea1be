package io.boxoffice.purchase.desk;

import io.boxoffice.testing.InterceptedSql;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loses the server's answer to the first write of a sale, before or after the server executes it,
 * to test what the desk does then.
 */
final class LostAnswer extends InterceptedSql {
  private final String write;
  private final boolean committed;
  private final AtomicInteger lost = new AtomicInteger();

  /**
   * Loses one answer.
   *
   * @param write a text that the statement contains
   */
  LostAnswer(String write, boolean committed) {
    this.write = write;
    this.committed = committed;
  }

  @Override
  protected void before(String sql) throws SQLException {
    if (!committed) {
      loseOnce(sql);
    }
  }

  @Override
  protected void after(String sql) throws SQLException {
    if (committed) {
      loseOnce(sql);
    }
  }

  /** Returns how many answers were lost. */
  int lost() {
    return lost.get();
  }

  private void loseOnce(String sql) throws SQLException {
    if (sql.contains(write) && lost.compareAndSet(0, 1)) {
      throw new SQLException("the connection is gone");
    }
  }
}
