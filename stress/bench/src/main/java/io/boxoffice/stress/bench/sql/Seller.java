package io.boxoffice.stress.bench.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** A way to sell on one connection. */
@FunctionalInterface
public interface Seller {

  /**
   * Sells once and commits.
   *
   * @return the number of purchases
   */
  int sell() throws SQLException;

  /** Opens a way to sell on each of its connections, with its prepared statements. */
  @FunctionalInterface
  interface Way {
    /** Opens it on a connection. */
    Seller open(Connection connection, TicketTypeRef type) throws SQLException;
  }
}
