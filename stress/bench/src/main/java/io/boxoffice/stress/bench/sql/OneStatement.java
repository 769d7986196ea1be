package io.boxoffice.stress.bench.sql;

import io.boxoffice.stress.bench.safety.BenchException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * One purchase in one statement that is its own transaction: no round trip while anything is
 * locked.
 */
final class OneStatement implements Seller {

  /** Takes from the stock row, as every purchase must. */
  private static final String FROM_STOCK =
      """
      WITH taken AS (
        UPDATE ticket_types SET available = available - 1 WHERE id = ? AND available >= 1
        RETURNING id, concert_id),
      bought AS (
        INSERT INTO purchases (id, concert_id, ticket_type_id, email, quantity, status,
                               idempotency_key, created_at)
        SELECT ?, concert_id, id, ?, 1, 'CONFIRMED', ?, now() FROM taken
        RETURNING id)
      INSERT INTO tickets (id, purchase_id) SELECT ?, id FROM bought
      """;

  /**
   * Takes a row of a table with one row for each ticket, and skips those that others hold. In a
   * plain IN (SELECT ... LIMIT) the planner may run the SELECT again and take more (BUG #15715).
   */
  private static final String FROM_UNITS =
      """
      WITH taken AS MATERIALIZED (
        SELECT id, concert_id, ticket_type_id FROM bench_units
        WHERE ticket_type_id = ? AND purchase_id IS NULL
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED),
      bought AS (
        INSERT INTO purchases (id, concert_id, ticket_type_id, email, quantity, status,
                               idempotency_key, created_at)
        SELECT ?, concert_id, ticket_type_id, ?, 1, 'CONFIRMED', ?, now() FROM taken
        RETURNING id)
      UPDATE bench_units u SET ticket_id = ?, purchase_id = bought.id
      FROM taken, bought WHERE u.id = taken.id
      """;

  private final TicketTypeRef type;
  private final PreparedStatement statement;

  private OneStatement(Connection connection, TicketTypeRef type, String sql) throws SQLException {
    this.type = type;
    this.statement = connection.prepareStatement(sql);
  }

  static OneStatement fromStock(Connection connection, TicketTypeRef type) throws SQLException {
    return new OneStatement(connection, type, FROM_STOCK);
  }

  static OneStatement fromUnits(Connection connection, TicketTypeRef type) throws SQLException {
    return new OneStatement(connection, type, FROM_UNITS);
  }

  @Override
  public int sell() throws SQLException {
    NewSale sale = NewSale.next();
    statement.setObject(1, type.id());
    statement.setObject(2, sale.purchaseId());
    statement.setString(3, sale.email());
    statement.setString(4, sale.key());
    statement.setObject(5, sale.ticketId());
    if (statement.executeUpdate() != 1) {
      throw new BenchException("The stock ran out; a shorter run needs less.");
    }
    return 1;
  }
}
