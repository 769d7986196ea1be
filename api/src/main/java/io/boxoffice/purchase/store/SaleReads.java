package io.boxoffice.purchase.store;

import static io.boxoffice.purchase.store.PlainJdbc.ONLY_BY_INDEX;
import static io.boxoffice.purchase.store.PlainJdbc.texts;
import static io.boxoffice.purchase.store.PlainJdbc.uuids;

import io.boxoffice.purchase.allocation.Purchase;
import io.boxoffice.purchase.allocation.Stock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;

/**
 * Locks and reads the data for the decision on a sale. A separate statement looks the keys up after
 * the locks, so that it sees purchases that were committed during the wait for the locks.
 */
final class SaleReads {
  /** Every transaction locks rows in the order of their ids, so that there is no deadlock. */
  private static final String LOCK =
      """
      SELECT t.id, t.concert_id, t.available, c.max_per_purchase, c.sales_open_at,
             c.sales_close_at, t.price_amount, t.price_currency
      FROM ticket_types t
      CROSS JOIN LATERAL (
        SELECT max_per_purchase, sales_open_at, coalesce(sales_close_at, starts_at) sales_close_at
        FROM concerts WHERE id = t.concert_id LIMIT 1
      ) c
      WHERE t.id = ANY (?)
      ORDER BY t.id
      FOR UPDATE OF t
      """;

  private static final String FIND_KEYS =
      "SELECT id FROM purchases WHERE idempotency_key = ANY (?)";

  private static final String LOCK_AND_FIND_KEYS = ONLY_BY_INDEX + LOCK + ";" + FIND_KEYS;

  private static final String FIND_KEYS_ALONE = ONLY_BY_INDEX + FIND_KEYS;

  private final Handle handle;

  SaleReads(Handle handle) {
    this.handle = handle;
  }

  /**
   * Holds the data for the decision on a sale.
   *
   * @param stocks the ticket types that exist, locked until the transaction ends
   * @param earlier existing purchases under the keys, by key
   */
  record Locked(List<Stock> stocks, Map<String, Purchase> earlier) {}

  /**
   * Locks ticket types and looks keys up. This takes one round trip, and one more when a key
   * exists.
   *
   * @throws TransactionException when the database fails or rejects the statement; all methods here
   *     throw it
   */
  Locked lock(UUID[] types, String[] keys) {
    List<Stock> stocks = new ArrayList<>(types.length);
    List<UUID> found = new ArrayList<>();
    PlainJdbc.run(
        handle,
        LOCK_AND_FIND_KEYS,
        statement -> {
          statement.setArray(1, uuids(statement, types));
          statement.setArray(2, texts(statement, keys));
          statement.execute();
          statement.getMoreResults(); // Skips the result of the settings.
          readStocks(statement, stocks);
          statement.getMoreResults();
          readIds(statement, found);
        });
    return new Locked(stocks, findAll(found));
  }

  /** Reads the purchases under the given keys, by key, without a lock. */
  Map<String, Purchase> purchasesMadeUnder(String... keys) {
    List<UUID> found = new ArrayList<>();
    if (keys.length > 0) {
      PlainJdbc.run(
          handle,
          FIND_KEYS_ALONE,
          statement -> {
            statement.setArray(1, texts(statement, keys));
            statement.execute();
            statement.getMoreResults(); // Skips the result of the settings.
            readIds(statement, found);
          });
    }
    return findAll(found);
  }

  private Map<String, Purchase> findAll(List<UUID> purchases) {
    return purchases.isEmpty()
        ? Map.of()
        : handle.attach(PurchaseDao.class).findAll(purchases.toArray(UUID[]::new)).stream()
            .collect(Collectors.toMap(PurchaseRow::idempotencyKey, PurchaseRow::toPurchase));
  }

  private static void readStocks(PreparedStatement executed, List<Stock> into) throws SQLException {
    try (ResultSet row = executed.getResultSet()) {
      while (row.next()) {
        into.add(
            new Stock(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getInt(3),
                row.getInt(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getLong(7),
                row.getString(8)));
      }
    }
  }

  private static void readIds(PreparedStatement executed, List<UUID> into) throws SQLException {
    try (ResultSet row = executed.getResultSet()) {
      while (row.next()) {
        into.add(row.getObject(1, UUID.class));
      }
    }
  }
}
