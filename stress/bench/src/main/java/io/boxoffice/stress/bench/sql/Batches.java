package io.boxoffice.stress.bench.sql;

import io.boxoffice.stress.bench.safety.BenchException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Many purchases in one transaction that locks the row once, as a sales desk does with its queue.
 */
final class Batches implements Seller {
  private static final String LOCK = "SELECT available FROM ticket_types WHERE id = ? FOR UPDATE";
  private static final String TAKE =
      "UPDATE ticket_types SET available = available - ? WHERE id = ?";
  private static final String INSERT_PURCHASES =
      """
      INSERT INTO purchases (id, concert_id, ticket_type_id, email, quantity, status,
                             idempotency_key, created_at)
      SELECT id, ?, ?, email, 1, 'CONFIRMED', key, now()
      FROM unnest(?::uuid[], ?::text[], ?::text[]) AS sale (id, email, key)
      """;
  private static final String INSERT_TICKETS =
      "INSERT INTO tickets (id, purchase_id) SELECT * FROM unnest(?::uuid[], ?::uuid[])";

  private final Connection connection;
  private final TicketTypeRef type;
  private final int size;
  private final PreparedStatement lock;
  private final PreparedStatement take;
  private final PreparedStatement insertPurchases;
  private final PreparedStatement insertTickets;

  Batches(Connection connection, TicketTypeRef type, int size) throws SQLException {
    this.connection = connection;
    this.type = type;
    this.size = size;
    connection.setAutoCommit(false);
    lock = connection.prepareStatement(LOCK);
    take = connection.prepareStatement(TAKE);
    insertPurchases = connection.prepareStatement(INSERT_PURCHASES);
    insertTickets = connection.prepareStatement(INSERT_TICKETS);
  }

  @Override
  public int sell() throws SQLException {
    NewSale[] sales =
        IntStream.range(0, size).mapToObj(i -> NewSale.next()).toArray(NewSale[]::new);
    UUID[] ids = new UUID[size];
    UUID[] ticketIds = new UUID[size];
    String[] emails = new String[size];
    String[] keys = new String[size];
    for (int index = 0; index < size; index++) {
      ids[index] = sales[index].purchaseId();
      ticketIds[index] = sales[index].ticketId();
      emails[index] = sales[index].email();
      keys[index] = sales[index].key();
    }
    lockStock();
    insertPurchases.setObject(1, type.concertId());
    insertPurchases.setObject(2, type.id());
    insertPurchases.setObject(3, ids);
    insertPurchases.setObject(4, emails);
    insertPurchases.setObject(5, keys);
    insertPurchases.executeUpdate();
    insertTickets.setObject(1, ticketIds);
    insertTickets.setObject(2, ids);
    insertTickets.executeUpdate();
    take.setInt(1, size);
    take.setObject(2, type.id());
    take.executeUpdate();
    connection.commit();
    return size;
  }

  private void lockStock() throws SQLException {
    lock.setObject(1, type.id());
    try (ResultSet stock = lock.executeQuery()) {
      if (!stock.next() || stock.getInt(1) < size) {
        throw new BenchException("The stock ran out; a shorter run needs less.");
      }
    }
  }
}
