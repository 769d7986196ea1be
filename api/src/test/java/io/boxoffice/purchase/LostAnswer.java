package io.boxoffice.purchase;

import io.boxoffice.testing.InterceptedSql;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** Loses the answer to the first write of a sale, which the server did or did not see. */
final class LostAnswer extends InterceptedSql {
  private final String write;
  private final boolean committed;
  private final AtomicInteger lost = new AtomicInteger();

  /**
   * Loses one answer.
   *
   * @param write what the statement contains
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

  /** How many answers were lost. */
  int lost() {
    return lost.get();
  }

  private void loseOnce(String sql) throws SQLException {
    if (sql.contains(write) && lost.compareAndSet(0, 1)) {
      throw new SQLException("the connection is gone");
    }
  }
}
