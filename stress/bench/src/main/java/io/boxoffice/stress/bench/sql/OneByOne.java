package io.boxoffice.stress.bench.sql;

import io.boxoffice.stress.bench.safety.BenchException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Baseline A: one transaction for each purchase, the simplest way. The stock row stays locked from
 * its UPDATE to the end of the commit, so the speed of a commit limits the sales of one row.
 */
final class OneByOne implements Seller {
  static final String TAKE =
      "UPDATE ticket_types SET available = available - 1 WHERE id = ? AND available >= 1";
  static final String INSERT_PURCHASE =
      """
      INSERT INTO purchases (id, concert_id, ticket_type_id, email, quantity, status,
                             idempotency_key, created_at)
      VALUES (?, ?, ?, ?, 1, 'CONFIRMED', ?, now())
      """;
  static final String INSERT_TICKET = "INSERT INTO tickets (id, purchase_id) VALUES (?, ?)";

  private final Connection connection;
  private final TicketTypeRef type;
  private final PreparedStatement advisoryLock;
  private final PreparedStatement take;
  private final PreparedStatement insertPurchase;
  private final PreparedStatement insertTicket;

  private OneByOne(Connection connection, TicketTypeRef type, boolean advisory)
      throws SQLException {
    this.connection = connection;
    this.type = type;
    connection.setAutoCommit(false);
    advisoryLock = advisory ? connection.prepareStatement("SELECT pg_advisory_xact_lock(?)") : null;
    take = connection.prepareStatement(TAKE);
    insertPurchase = connection.prepareStatement(INSERT_PURCHASE);
    insertTicket = connection.prepareStatement(INSERT_TICKET);
  }

  /** The row's lock excludes others. */
  static OneByOne withRowLock(Connection connection, TicketTypeRef type) throws SQLException {
    return new OneByOne(connection, type, false);
  }

  /** A lock on a number excludes others before they reach the row. */
  static OneByOne withAdvisoryLock(Connection connection, TicketTypeRef type) throws SQLException {
    return new OneByOne(connection, type, true);
  }

  @Override
  public int sell() throws SQLException {
    NewSale sale = NewSale.next();
    if (advisoryLock != null) {
      advisoryLock.setLong(1, type.id().getLeastSignificantBits());
      advisoryLock.execute();
    }
    take.setObject(1, type.id());
    if (take.executeUpdate() != 1) {
      throw new BenchException("The stock ran out; a shorter run needs less.");
    }
    insertPurchase.setObject(1, sale.purchaseId());
    insertPurchase.setObject(2, type.concertId());
    insertPurchase.setObject(3, type.id());
    insertPurchase.setString(4, sale.email());
    insertPurchase.setString(5, sale.key());
    insertPurchase.executeUpdate();
    insertTicket.setObject(1, sale.ticketId());
    insertTicket.setObject(2, sale.purchaseId());
    insertTicket.executeUpdate();
    connection.commit();
    return 1;
  }
}
