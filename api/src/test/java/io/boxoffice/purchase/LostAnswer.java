package io.boxoffice.purchase;

import io.boxoffice.testing.InterceptedSql;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** Loses the answer to the first commit, which the server did or did not see. */
final class LostAnswer extends InterceptedSql {
  private final boolean committed;
  private final AtomicInteger lost = new AtomicInteger();

  LostAnswer(boolean committed) {
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
    if (sql.endsWith("COMMIT") && lost.compareAndSet(0, 1)) {
      throw new SQLException("the connection is gone");
    }
  }
}
