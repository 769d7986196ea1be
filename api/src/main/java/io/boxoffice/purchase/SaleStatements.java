package io.boxoffice.purchase;

import static io.boxoffice.purchase.PlainJdbc.ONLY_BY_INDEX;
import static io.boxoffice.purchase.PlainJdbc.PLANNED_ANEW;
import static io.boxoffice.purchase.PlainJdbc.PLAN_KEPT;
import static io.boxoffice.purchase.PlainJdbc.texts;
import static io.boxoffice.purchase.PlainJdbc.uuids;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;

/**
 * The statements that lock and read what a sale decides on. The keys are looked up by a statement
 * of its own, so that it sees what was committed while the locks were waited for.
 */
final class SaleStatements {
  /** Rows are locked in the order of their ids, by everybody, so that no two wait in a circle. */
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

  private static final String PUT_UP =
      """
      WITH rehearsed AS (
        INSERT INTO concerts (id, title, artist, venue, starts_at, sales_open_at, sales_close_at,
                              max_per_purchase, created_at)
        VALUES (:concertId, 'rehearsal', 'nobody', 'nowhere', :salesCloseAt, :salesOpenAt,
                :salesCloseAt, :maxPerPurchase, :salesOpenAt)
      )
      INSERT INTO ticket_types (id, concert_id, name, position, capacity, available, price_amount,
                                price_currency)
      VALUES (:ticketTypeId, :concertId, 'rehearsal', 0, :available, :available, :priceAmount,
              :priceCurrency)
      """;

  private final Handle handle;

  SaleStatements(Handle handle) {
    this.handle = handle;
  }

  /**
   * What a sale decides on.
   *
   * @param stocks the ticket types that exist, locked until the transaction ends
   * @param earlier the purchases that were made before under the keys, by key
   */
  record Locked(List<Stock> stocks, Map<String, PurchaseRow> earlier) {}

  /**
   * Locks ticket types and looks keys up: one round trip, and one more when a key was found.
   *
   * @throws TransactionException as all methods here do, when the database fails or refuses
   */
  Locked lock(UUID[] types, String[] keys) {
    List<Stock> stocks = new ArrayList<>(types.length);
    List<UUID> found = new ArrayList<>();
    PlainJdbc.run(
        handle,
        LOCK_AND_FIND_KEYS,
        PLAN_KEPT,
        statement -> {
          statement.setArray(1, uuids(statement, types));
          statement.setArray(2, texts(statement, keys));
          statement.execute();
          statement.getMoreResults(); // Past the settings.
          readStocks(statement, stocks);
          statement.getMoreResults();
          readIds(statement, found);
        });
    return new Locked(stocks, findAll(found));
  }

  /** Locks one ticket type. */
  void lock(UUID type) {
    PlainJdbc.run(
        handle,
        LOCK,
        PLANNED_ANEW,
        statement -> {
          statement.setArray(1, uuids(statement, type));
          statement.execute();
        });
  }

  /** The purchases that were made under some keys, by key; takes no lock. */
  Map<String, PurchaseRow> purchasesMadeUnder(String... keys) {
    List<UUID> found = new ArrayList<>();
    if (keys.length > 0) {
      PlainJdbc.run(
          handle,
          FIND_KEYS_ALONE,
          PLAN_KEPT,
          statement -> {
            statement.setArray(1, texts(statement, keys));
            statement.execute();
            statement.getMoreResults(); // Past the settings.
            readIds(statement, found);
          });
    }
    return findAll(found);
  }

  /** Puts a concert with one ticket type on sale, within a transaction that is rolled back. */
  void putUp(Stock stock) {
    handle.createUpdate(PUT_UP).bindMethods(stock).execute();
  }

  private Map<String, PurchaseRow> findAll(List<UUID> purchases) {
    return purchases.isEmpty()
        ? Map.of()
        : handle.attach(PurchaseDao.class).findAll(purchases.toArray(UUID[]::new)).stream()
            .collect(Collectors.toMap(PurchaseRow::idempotencyKey, Function.identity()));
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
