package io.boxoffice.stress.bench.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** One connection's worth of a way to sell. */
@FunctionalInterface
public interface Seller {

  /**
   * Sells once and commits.
   *
   * @return how many purchases that were
   */
  int sell() throws SQLException;

  /** A way to sell: opened on each of its connections, prepared statements and all. */
  @FunctionalInterface
  interface Way {
    /** Opens it on a connection. */
    Seller open(Connection connection, TicketTypeRef type) throws SQLException;
  }
}
