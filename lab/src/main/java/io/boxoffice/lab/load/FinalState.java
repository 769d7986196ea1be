package io.boxoffice.lab.load;

import io.boxoffice.lab.topology.Topology;
import io.boxoffice.lab.topology.Waiting;
import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.check.history.Purchase;
import io.boxoffice.stress.check.history.Stock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What the shop has at the end of a trial, read from its database in one snapshot.
 *
 * @param purchases of the trial's concert, and its orders
 * @param stocks its ticket types
 */
public record FinalState(List<Purchase> purchases, List<Stock> stocks) {
  private static final String PURCHASES =
      """
      SELECT id, ticket_type_id, quantity, idempotency_key, status = 'CANCELLED' AS given_back,
             false AS expired
      FROM purchases WHERE concert_id = ?
      UNION ALL
      SELECT id, ticket_type_id, quantity, idempotency_key, state <> 'HELD' AND state <> 'PAYING',
             state = 'EXPIRED'
      FROM orders WHERE concert_id = ? AND state <> 'CONFIRMED'
      """;
  private static final String STOCKS =
      "SELECT id, capacity, available FROM ticket_types WHERE concert_id = ?";
  private static final int ATTEMPTS = 30;

  /**
   * Reads it; tries for half a minute.
   *
   * @throws BenchException when the database cannot be read
   */
  public static FinalState read(Topology topology, String concert) {
    SQLException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try (Connection connection = topology.connect()) {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return read(connection, UUID.fromString(concert));
      } catch (SQLException failure) {
        last = failure;
        Waiting.pause(Duration.ofSeconds(1));
      }
    }
    throw new BenchException("The final state cannot be read", last);
  }

  private static FinalState read(Connection connection, UUID concert) throws SQLException {
    List<Purchase> purchases = new ArrayList<>();
    List<Stock> stocks = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(PURCHASES)) {
      select.setObject(1, concert);
      select.setObject(2, concert);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          purchases.add(
              new Purchase(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getInt(3),
                  rows.getString(4),
                  rows.getBoolean(5),
                  rows.getBoolean(6)));
        }
      }
    }
    try (PreparedStatement select = connection.prepareStatement(STOCKS)) {
      select.setObject(1, concert);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          stocks.add(new Stock(rows.getString(1), rows.getLong(2), rows.getLong(3)));
        }
      }
    }
    return new FinalState(purchases, stocks);
  }
}
