package io.boxoffice.purchase;

import io.boxoffice.database.StatementTimes;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/**
 * The statements of a sale. Two that follow each other travel as one text, and so in one round trip
 * (PostgreSQL manual, chapter 54.2.3); each still sees what was committed when it began itself, so
 * the keys are looked up after the locks were got.
 */
final class SaleStatements {
  /** Rows are locked in the order of their ids, by everybody, so that no two wait in a circle. */
  private static final String LOCK =
      """
      SELECT t.id AS ticket_type_id, t.concert_id, t.available, c.max_per_purchase,
             c.sales_open_at, coalesce(c.sales_close_at, c.starts_at) AS sales_close_at,
             t.price_amount, t.price_currency
      FROM ticket_types t JOIN concerts c ON c.id = t.concert_id
      WHERE t.id = ANY (:types)
      ORDER BY t.id
      FOR UPDATE OF t
      """;

  private static final String FIND_KEYS =
      "SELECT id FROM purchases WHERE idempotency_key = ANY (:keys)";

  /** Keys are written in order, since two batches with the same keys wait for each other's. */
  private static final String WRITE =
      """
      WITH sold AS (
        INSERT INTO purchases (id, concert_id, ticket_type_id, email, quantity, status,
                               idempotency_key, created_at)
        SELECT id, concert_id, ticket_type_id, email, quantity, 'CONFIRMED', key, :now
        FROM unnest(:ids, :concerts, :purchaseTypes, :emails, :quantities, :keys)
             AS batch (id, concert_id, ticket_type_id, email, quantity, key)
        ORDER BY key
      ), admissions AS (
        INSERT INTO tickets (id, purchase_id) SELECT * FROM unnest(:tickets, :ticketPurchases)
      )
      UPDATE ticket_types t SET available = available - taken.quantity
      FROM unnest(:types, :taken) AS taken (id, quantity)
      WHERE t.id = taken.id
      """;

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

  private static final RowMapper<Stock> STOCK = ConstructorMapper.of(Stock.class);

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

  /** Locks ticket types and looks keys up: one round trip, and one more when a key was found. */
  Locked lock(UUID[] types, String[] keys) {
    List<Stock> stocks = new ArrayList<>();
    List<UUID> found = new ArrayList<>();
    named(handle.createQuery(LOCK + ";" + FIND_KEYS), "lock")
        .bind("types", types)
        .bind("keys", keys)
        .execute(
            (executed, context) -> {
              PreparedStatement results = executed.get();
              readAll(results, STOCK, stocks, context);
              results.getMoreResults();
              readAll(results, (row, ignored) -> row.getObject(1, UUID.class), found, context);
              return stocks;
            });
    return new Locked(stocks, findAll(found));
  }

  /** Locks ticket types. */
  List<Stock> lock(UUID... types) {
    return named(handle.createQuery(LOCK), "lockAlone").bind("types", types).map(STOCK).list();
  }

  /** The purchases that were made under some keys, by key; takes no lock. */
  Map<String, PurchaseRow> purchasesMadeUnder(String... keys) {
    return keys.length == 0
        ? Map.of()
        : findAll(
            named(handle.createQuery(FIND_KEYS), "findKeys")
                .bind("keys", keys)
                .mapTo(UUID.class)
                .list());
  }

  /** Puts a concert with one ticket type on sale, within a transaction that is rolled back. */
  void putUp(Stock stock) {
    handle.createUpdate(PUT_UP).bindMethods(stock).execute();
  }

  /** Writes a sale, within a transaction that is rolled back. */
  void write(Sale sale) {
    bind(handle.createUpdate(WRITE), sale).execute();
  }

  /** Writes a sale and commits, in one round trip. */
  void writeAndCommit(Sale sale) {
    if (!sale.isEmpty()) {
      bind(named(handle.createUpdate(WRITE + ";COMMIT"), "writeAndCommit"), sale).execute();
    }
    handle.commit(); // After the statement above there is nothing left for it to send.
  }

  private static <S extends SqlStatement<S>> S named(S statement, String name) {
    return statement.define(StatementTimes.NAME, "SaleStatements." + name);
  }

  private static Update bind(Update write, Sale sale) {
    List<Purchase> purchases = sale.purchases();
    List<UUID> tickets = new ArrayList<>();
    List<UUID> ticketPurchases = new ArrayList<>();
    for (Purchase purchase : purchases) {
      for (UUID ticket : purchase.ticketIds()) {
        tickets.add(ticket);
        ticketPurchases.add(purchase.id());
      }
    }
    return write
        .bind("now", purchases.get(0).createdAt())
        .bind("ids", sale.purchaseIds())
        .bind("concerts", purchases.stream().map(Purchase::concertId).toArray(UUID[]::new))
        .bind("purchaseTypes", purchases.stream().map(Purchase::ticketTypeId).toArray(UUID[]::new))
        .bind("emails", purchases.stream().map(Purchase::email).toArray(String[]::new))
        .bind("quantities", purchases.stream().map(Purchase::quantity).toArray(Integer[]::new))
        .bind("keys", sale.keys().toArray(String[]::new))
        .bind("tickets", tickets.toArray(UUID[]::new))
        .bind("ticketPurchases", ticketPurchases.toArray(UUID[]::new))
        .bind("types", sale.taken().keySet().toArray(UUID[]::new))
        .bind("taken", sale.taken().values().toArray(Integer[]::new));
  }

  private Map<String, PurchaseRow> findAll(List<UUID> purchases) {
    return purchases.isEmpty()
        ? Map.of()
        : handle.attach(PurchaseDao.class).findAll(purchases.toArray(UUID[]::new)).stream()
            .collect(Collectors.toMap(PurchaseRow::idempotencyKey, Function.identity()));
  }

  private static <T> void readAll(
      PreparedStatement executed, RowMapper<T> mapper, List<T> into, StatementContext context)
      throws SQLException {
    try (ResultSet rows = executed.getResultSet()) {
      RowMapper<T> specialized = mapper.specialize(rows, context);
      while (rows.next()) {
        into.add(specialized.map(rows, context));
      }
    }
  }
}
