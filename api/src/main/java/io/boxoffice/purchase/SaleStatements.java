package io.boxoffice.purchase;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.postgresql.PGStatement;

/**
 * The statements of a sale, by plain JDBC: JDBI takes longer to make a statement than PostgreSQL to
 * run it, and reads one result only. Two statements that follow each other travel as one text, and
 * so in one round trip (PostgreSQL manual, chapter 54.2.3); each still sees what was committed when
 * it began itself, so the keys are looked up after the locks were got.
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

  /** Prepared on the server at its first run: what every batch sends need not be planned by it. */
  private static final int PLAN_KEPT = 1;

  private static final int PLANNED_ANEW = 0;

  /**
   * Before statements whose plans are kept. One that was made while the tables were empty would
   * scan them for ever, for that was cheapest then; nor is a table joined here that could be read
   * whole: what belongs to a row is looked up for that row.
   */
  private static final String ONLY_BY_INDEX =
      """
      SELECT set_config('plan_cache_mode', 'force_generic_plan', true),
             set_config('enable_seqscan', 'off', true);
      """;

  private static final String LOCK_AND_FIND_KEYS = ONLY_BY_INDEX + LOCK + ";" + FIND_KEYS;

  /** Keys are written in order, since two batches with the same keys wait for each other's. */
  private static final String WRITE =
      """
      WITH sold AS (
        INSERT INTO purchases (id, concert_id, ticket_type_id, email, quantity, status,
                               idempotency_key, created_at)
        SELECT id, concert_id, ticket_type_id, email, quantity, 'CONFIRMED', key, ?
        FROM unnest(?, ?, ?, ?, ?, ?)
             AS batch (id, concert_id, ticket_type_id, email, quantity, key)
        ORDER BY key
      ), admissions AS (
        INSERT INTO tickets (id, purchase_id) SELECT * FROM unnest(?, ?)
      )
      UPDATE ticket_types
      SET available = available - (?::integer[])[array_position(?::uuid[], id)]
      WHERE id = ANY (?)
      """;

  private static final String WRITE_AND_COMMIT = WRITE + ";COMMIT";

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
    run(
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
    run(
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
      run(
          FIND_KEYS,
          PLANNED_ANEW,
          statement -> {
            statement.setArray(1, texts(statement, keys));
            statement.execute();
            readIds(statement, found);
          });
    }
    return findAll(found);
  }

  /** Puts a concert with one ticket type on sale, within a transaction that is rolled back. */
  void putUp(Stock stock) {
    handle.createUpdate(PUT_UP).bindMethods(stock).execute();
  }

  /** Writes a sale, within a transaction that is rolled back. */
  void write(Sale sale) {
    run(WRITE, PLAN_KEPT, statement -> write(statement, sale));
  }

  /** Writes a sale and commits, in one round trip. */
  void writeAndCommit(Sale sale) {
    if (!sale.isEmpty()) {
      run(WRITE_AND_COMMIT, PLAN_KEPT, statement -> write(statement, sale));
    }
    handle.commit(); // After the statement above there is nothing left for it to send.
  }

  private static void write(PreparedStatement statement, Sale sale) throws SQLException {
    List<Purchase> purchases = sale.purchases();
    List<UUID> tickets = new ArrayList<>();
    List<UUID> ticketPurchases = new ArrayList<>();
    for (Purchase purchase : purchases) {
      for (UUID ticket : purchase.ticketIds()) {
        tickets.add(ticket);
        ticketPurchases.add(purchase.id());
      }
    }
    statement.setObject(1, purchases.get(0).createdAt().atOffset(ZoneOffset.UTC));
    statement.setArray(2, uuids(statement, sale.purchaseIds()));
    statement.setArray(3, uuids(statement, ids(purchases, Purchase::concertId)));
    statement.setArray(4, uuids(statement, ids(purchases, Purchase::ticketTypeId)));
    statement.setArray(
        5, texts(statement, purchases.stream().map(Purchase::email).toArray(String[]::new)));
    statement.setArray(6, integers(statement, purchases.stream().map(Purchase::quantity)));
    statement.setArray(7, texts(statement, sale.keys().toArray(String[]::new)));
    statement.setArray(8, uuids(statement, tickets.toArray(UUID[]::new)));
    statement.setArray(9, uuids(statement, ticketPurchases.toArray(UUID[]::new)));
    UUID[] types = sale.taken().keySet().toArray(UUID[]::new);
    statement.setArray(10, integers(statement, sale.taken().values().stream()));
    statement.setArray(11, uuids(statement, types));
    statement.setArray(12, uuids(statement, types));
    statement.execute();
  }

  /** Sets a statement's parameters, runs it and reads what it gives. */
  private interface Work {
    void with(PreparedStatement statement) throws SQLException;
  }

  private void run(String sql, int prepareThreshold, Work work) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(prepareThreshold);
      work.with(statement);
    } catch (SQLException failure) {
      throw new TransactionException("A statement of the sale failed", failure);
    }
  }

  private static UUID[] ids(List<Purchase> purchases, Function<Purchase, UUID> id) {
    return purchases.stream().map(id).toArray(UUID[]::new);
  }

  private static Array uuids(PreparedStatement statement, UUID... ids) throws SQLException {
    return statement.getConnection().createArrayOf("uuid", ids);
  }

  private static Array texts(PreparedStatement statement, String... texts) throws SQLException {
    return statement.getConnection().createArrayOf("text", texts);
  }

  private static Array integers(PreparedStatement statement, Stream<Integer> numbers)
      throws SQLException {
    return statement.getConnection().createArrayOf("int4", numbers.toArray());
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
