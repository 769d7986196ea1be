package io.boxoffice.purchase.store;

import static io.boxoffice.purchase.store.PlainJdbc.ONLY_BY_INDEX;
import static io.boxoffice.purchase.store.PlainJdbc.texts;
import static io.boxoffice.purchase.store.PlainJdbc.uuids;

import io.boxoffice.concert.Price;
import io.boxoffice.purchase.allocation.ConcertKey;
import io.boxoffice.purchase.allocation.Earlier;
import io.boxoffice.purchase.allocation.Hold;
import io.boxoffice.purchase.allocation.Purchase;
import io.boxoffice.purchase.allocation.Stock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
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
             c.sales_close_at, t.price_amount, t.price_currency, t.cancelled_at,
             t.epoch, t.home
      FROM ticket_types t
      CROSS JOIN LATERAL (
        SELECT max_per_purchase, sales_open_at, coalesce(sales_close_at, starts_at) sales_close_at
        FROM concerts WHERE id = t.concert_id LIMIT 1
      ) c
      WHERE t.concert_id %1$s AND t.id = ANY (?)
      ORDER BY t.id
      FOR NO KEY UPDATE OF t
      """;

  private static final String FIND_PURCHASES =
      "SELECT id FROM purchases WHERE concert_id %1$s AND idempotency_key = ANY (?)";

  private static final String FIND_HOLDS =
      """
      SELECT id, concert_id, ticket_type_id, email, quantity, amount, currency, created_at,
             expires_at, account_id, idempotency_key
      FROM orders WHERE concert_id %1$s AND idempotency_key = ANY (?)
      """;

  private static final Texts OF_PURCHASES = Texts.of(FIND_PURCHASES, Concerts.ONE);
  private static final Texts OF_PURCHASES_OF_SEVERAL = Texts.of(FIND_PURCHASES, Concerts.SEVERAL);
  private static final Texts OF_ALL = Texts.of(FIND_PURCHASES + ";" + FIND_HOLDS, Concerts.ONE);
  private static final Texts OF_ALL_OF_SEVERAL =
      Texts.of(FIND_PURCHASES + ";" + FIND_HOLDS, Concerts.SEVERAL);

  /** The statements for batches of one concert or several, with or without keys of orders. */
  private record Texts(String lockAndFind, String find) {
    static Texts of(String find, Concerts concerts) {
      return new Texts(
          (ONLY_BY_INDEX + LOCK + ";" + find).formatted(concerts.comparison()),
          (ONLY_BY_INDEX + find).formatted(concerts.comparison()));
    }

    static Texts of(BatchKeys keys) {
      boolean one = Concerts.of(keys.concerts()) == Concerts.ONE;
      if (keys.hasHolds()) {
        return one ? OF_ALL : OF_ALL_OF_SEVERAL;
      }
      return one ? OF_PURCHASES : OF_PURCHASES_OF_SEVERAL;
    }
  }

  private final Handle handle;
  private final String site;

  /**
   * Reads in the transaction of the handle.
   *
   * @param site the name of this site; empty for a shop of one site
   */
  SaleReads(Handle handle, String site) {
    this.handle = handle;
    this.site = site;
  }

  /**
   * Holds the data for the decision on a sale.
   *
   * @param stocks the ticket types that exist, locked until the transaction ends
   * @param earlier what exists under the keys
   */
  record Locked(List<Stock> stocks, Earlier earlier) {}

  /**
   * Locks ticket types and looks keys up. This takes one round trip, and one more when the key of a
   * purchase exists.
   *
   * @throws TransactionException when the database fails or rejects the statement; all methods here
   *     throw it
   */
  Locked lock(UUID[] types, BatchKeys keys) {
    List<Stock> stocks = new ArrayList<>(types.length);
    Found found = new Found();
    PlainJdbc.run(
        handle,
        Texts.of(keys).lockAndFind(),
        statement -> {
          Concerts.set(statement, 1, keys.concerts());
          statement.setArray(2, uuids(statement, types));
          setKeys(statement, 3, keys);
          statement.execute();
          statement.getMoreResults(); // Skips the result of the settings.
          readStocks(statement, stocks);
          found.readNext(statement, keys);
        });
    return new Locked(stocks, earlier(found));
  }

  /** Reads what exists under the given keys, without a lock. */
  Earlier earlier(BatchKeys keys) {
    if (keys.isEmpty()) {
      return Earlier.NONE;
    }
    Found found = new Found();
    PlainJdbc.run(
        handle,
        Texts.of(keys).find(),
        statement -> {
          setKeys(statement, 1, keys);
          statement.execute();
          found.readNext(statement, keys);
        });
    return earlier(found);
  }

  private static void setKeys(PreparedStatement statement, int first, BatchKeys keys)
      throws SQLException {
    Concerts.set(statement, first, keys.concerts());
    statement.setArray(first + 1, texts(statement, keys.ofPurchases().stream()));
    if (keys.hasHolds()) {
      Concerts.set(statement, first + 2, keys.concerts());
      statement.setArray(first + 3, texts(statement, keys.ofHolds().stream()));
    }
  }

  private Earlier earlier(Found found) {
    Map<ConcertKey, Purchase> purchases =
        found.purchases.isEmpty()
            ? Map.of()
            : handle
                .attach(PurchaseDao.class)
                .findAll(found.purchases.toArray(UUID[]::new))
                .stream()
                .collect(Collectors.toMap(PurchaseRow::concertKey, PurchaseRow::toPurchase));
    return new Earlier(purchases, found.holds);
  }

  private void readStocks(PreparedStatement executed, List<Stock> into) throws SQLException {
    try (ResultSet row = executed.getResultSet()) {
      while (row.next()) {
        String home = row.getString(11);
        into.add(
            new Stock(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getInt(3),
                row.getInt(4),
                instant(row, 5),
                instant(row, 6),
                row.getLong(7),
                row.getString(8),
                row.getObject(9) == null ? null : instant(row, 9),
                row.getLong(10),
                home == null || home.equals(site)));
      }
    }
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** Holds what the look-ups of keys found. */
  private static final class Found {
    final List<UUID> purchases = new ArrayList<>();
    final Map<ConcertKey, Hold> holds = new HashMap<>();

    /** Reads the results that follow the current one. */
    void readNext(PreparedStatement executed, BatchKeys keys) throws SQLException {
      executed.getMoreResults();
      try (ResultSet row = executed.getResultSet()) {
        while (row.next()) {
          purchases.add(row.getObject(1, UUID.class));
        }
      }
      if (keys.hasHolds()) {
        executed.getMoreResults();
        try (ResultSet row = executed.getResultSet()) {
          while (row.next()) {
            Hold hold = hold(row);
            holds.put(new ConcertKey(hold.concertId(), row.getString(11)), hold);
          }
        }
      }
    }

    private static Hold hold(ResultSet row) throws SQLException {
      return new Hold(
          row.getObject(1, UUID.class),
          row.getObject(2, UUID.class),
          row.getObject(3, UUID.class),
          row.getString(4),
          row.getInt(5),
          new Price(row.getLong(6), row.getString(7)),
          instant(row, 8),
          instant(row, 9),
          row.getObject(10, UUID.class));
    }
  }
}
