package io.boxoffice.purchase.store;

import static io.boxoffice.purchase.store.PlainJdbc.ONLY_BY_INDEX;
import static io.boxoffice.purchase.store.PlainJdbc.integers;
import static io.boxoffice.purchase.store.PlainJdbc.texts;
import static io.boxoffice.purchase.store.PlainJdbc.uuids;

import io.boxoffice.purchase.allocation.Purchase;
import io.boxoffice.purchase.allocation.Sale;
import io.boxoffice.purchase.allocation.Stock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;

/** Writes a sale, so that a whole batch costs one round trip. */
final class SaleWrites {
  /**
   * The statements, which differ in the column of the account only. A batch without accounts does
   * not pay for it.
   */
  private record Statements(String write, String writeAndCommit, String sellAtOnce) {
    /** Keys are inserted in order, so that two batches with the same keys cannot deadlock. */
    private static final String PURCHASES_AND_TICKETS =
        """
        sold AS (
          INSERT INTO purchases (id, concert_id, ticket_type_id, email, quantity, status,
                                 idempotency_key, created_at%2$s)
          SELECT id, concert_id, ticket_type_id, email, quantity, 'CONFIRMED', key, ?%2$s
          FROM unnest(?, ?, ?, ?, ?, ?%3$s)
               AS batch (id, concert_id, ticket_type_id, email, quantity, key%2$s)
          WHERE %1$s
          ORDER BY key
        ), admissions AS (
          INSERT INTO tickets (id, purchase_id) SELECT * FROM unnest(?, ?) WHERE %1$s
        )
        """;

    private static final String TAKE_LOCKED =
        """
        UPDATE ticket_types
        SET available = available - (?::integer[])[array_position(?::uuid[], id)]
        WHERE id = ANY (?)
        """;

    /**
     * A transaction of one statement. It takes the tickets first, and writes nothing without them.
     */
    private static final String TAKE =
        """
        WITH taken AS (
          UPDATE ticket_types t SET available = available - ?
          WHERE concert_id = ? AND id = ? AND available >= ?
            AND (?, ?, ?) = (
              SELECT max_per_purchase, sales_open_at, coalesce(sales_close_at, starts_at)
              FROM concerts WHERE id = t.concert_id)
            AND NOT EXISTS (SELECT FROM purchases WHERE idempotency_key = ANY (?))
          RETURNING available
        ),
        """;

    static final Statements WITHOUT_ACCOUNTS = of("", "");
    static final Statements WITH_ACCOUNTS = of(", account_id", ", ?");

    private static Statements of(String column, String parameter) {
      String write =
          "WITH " + PURCHASES_AND_TICKETS.formatted("true", column, parameter) + TAKE_LOCKED;
      return new Statements(
          write,
          write + ";COMMIT",
          ONLY_BY_INDEX
              + TAKE
              + PURCHASES_AND_TICKETS.formatted("EXISTS (SELECT FROM taken)", column, parameter)
              + "SELECT available FROM taken");
    }

    static Statements of(Sale sale) {
      return sale.hasAccounts() ? WITH_ACCOUNTS : WITHOUT_ACCOUNTS;
    }
  }

  private final Handle handle;

  SaleWrites(Handle handle) {
    this.handle = handle;
  }

  /**
   * Writes a sale of stock that is locked.
   *
   * @throws TransactionException when the database fails or rejects the statement; all methods here
   *     throw it
   */
  void write(Sale sale) {
    PlainJdbc.run(
        handle, Statements.of(sale).write(), statement -> bindAndExecute(statement, sale));
  }

  /** Writes a sale of stock that is locked, and commits, in one round trip. */
  void writeAndCommit(Sale sale) {
    if (!sale.isEmpty()) {
      PlainJdbc.run(
          handle,
          Statements.of(sale).writeAndCommit(),
          statement -> bindAndExecute(statement, sale));
    }
    handle.commit(); // Sends nothing if the statement above has committed already.
  }

  /**
   * Writes a sale of one ticket type without a lock taken before. It writes nothing unless the
   * sales window and the limit are unchanged since the decision, enough tickets are left, and no
   * key was used before. Outside a transaction it also commits, in one round trip.
   *
   * @param stock the stock of the decision; its number of available tickets is not used
   * @return how many tickets are left, or empty when nothing was written
   */
  OptionalInt sellAtOnce(Sale sale, Stock stock) {
    List<Integer> left = new ArrayList<>(1);
    PlainJdbc.run(
        handle,
        Statements.of(sale).sellAtOnce(),
        statement -> {
          int tickets = sale.taken().get(stock.ticketTypeId());
          statement.setInt(1, tickets);
          statement.setObject(2, stock.concertId());
          statement.setObject(3, stock.ticketTypeId());
          statement.setInt(4, tickets);
          statement.setInt(5, stock.maxPerPurchase());
          statement.setObject(6, utc(stock.salesOpenAt()));
          statement.setObject(7, utc(stock.salesCloseAt()));
          statement.setArray(8, texts(statement, sale.usedKeys()));
          setPurchasesAndTickets(statement, 9, sale);
          statement.execute();
          statement.getMoreResults(); // Skips the result of the settings.
          try (ResultSet taken = statement.getResultSet()) {
            if (taken.next()) {
              left.add(taken.getInt(1));
            }
          }
        });
    return left.stream().mapToInt(Integer::intValue).findFirst();
  }

  private static void bindAndExecute(PreparedStatement statement, Sale sale) throws SQLException {
    int next = setPurchasesAndTickets(statement, 1, sale);
    UUID[] types = sale.taken().keySet().toArray(UUID[]::new);
    statement.setArray(next, integers(statement, sale.taken().values().stream()));
    statement.setArray(next + 1, uuids(statement, types));
    statement.setArray(next + 2, uuids(statement, types));
    statement.execute();
  }

  private static int setPurchasesAndTickets(PreparedStatement statement, int first, Sale sale)
      throws SQLException {
    List<Purchase> purchases = sale.purchases();
    List<UUID> tickets = new ArrayList<>();
    List<UUID> ticketPurchases = new ArrayList<>();
    for (Purchase purchase : purchases) {
      for (UUID ticket : purchase.ticketIds()) {
        tickets.add(ticket);
        ticketPurchases.add(purchase.id());
      }
    }
    int next = first;
    statement.setObject(next++, utc(purchases.get(0).createdAt()));
    statement.setArray(next++, uuids(statement, sale.purchaseIds()));
    statement.setArray(next++, uuids(statement, purchases.stream().map(Purchase::concertId)));
    statement.setArray(next++, uuids(statement, purchases.stream().map(Purchase::ticketTypeId)));
    statement.setArray(
        next++, texts(statement, purchases.stream().map(Purchase::email).toArray(String[]::new)));
    statement.setArray(next++, integers(statement, purchases.stream().map(Purchase::quantity)));
    statement.setArray(next++, texts(statement, sale.keys().toArray(String[]::new)));
    if (sale.hasAccounts()) {
      statement.setArray(next++, uuids(statement, purchases.stream().map(Purchase::accountId)));
    }
    statement.setArray(next++, uuids(statement, tickets.stream()));
    statement.setArray(next++, uuids(statement, ticketPurchases.stream()));
    return next;
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
