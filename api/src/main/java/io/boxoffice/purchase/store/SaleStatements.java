package io.boxoffice.purchase.store;

import static io.boxoffice.purchase.store.PlainJdbc.ONLY_BY_INDEX;

import io.boxoffice.purchase.allocation.Sale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds the statements that write a sale. A batch without accounts, orders or traces does not pay
 * for them.
 *
 * @param write writes a sale of stock of one concert that is locked
 * @param writeOfSeveral the same for several concerts
 * @param sellAtOnce a transaction of one statement, without a lock taken before
 */
record SaleStatements(String write, String writeOfSeveral, String sellAtOnce) {

  /**
   * Keys are inserted in order, so that two batches with the same keys cannot deadlock. The first
   * event of a purchase has the id of the purchase, which no other event has.
   */
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
        RETURNING id, concert_id, ticket_type_id, quantity, created_at%2$s
      ), admissions AS (
        INSERT INTO tickets (id, purchase_id, concert_id)
        SELECT * FROM unnest(?, ?, ?) WHERE %1$s
      ), made AS (
        INSERT INTO outbox (id, type, subject, key, time, data%5$s)
        SELECT id, 'purchase.made', id, concert_id, created_at,
               %4$s%6$s
        FROM sold
      )
      """;

  private static final String ORDERS =
      """
      , held AS (
        INSERT INTO orders (id, concert_id, ticket_type_id, email, quantity, amount, currency,
                            idempotency_key, account_id, expires_at, state, created_at, changed_at)
        SELECT *, 'HELD', ?, ?
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             AS batch (id, concert_id, ticket_type_id, email, quantity, amount, currency, key,
                       account_id, expires_at)
        WHERE %1$s
        ORDER BY key
        RETURNING id, concert_id, ticket_type_id, quantity, amount, currency, account_id,
                  expires_at, created_at
      ), held_events AS (
        INSERT INTO outbox (id, type, subject, key, time, data%5$s)
        SELECT id, 'order.held', id, concert_id, created_at,
               json_strip_nulls(json_build_object(
                 'ticketTypeId', ticket_type_id, 'quantity', quantity,
                 'total', json_build_object('amount', amount, 'currency', currency),
                 'accountId', account_id,
                 'expiresAt', to_char(expires_at AT TIME ZONE 'UTC',
                                      'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))%6$s
        FROM held
      )
      """;

  private static final String TAKE_LOCKED =
      """
      UPDATE ticket_types
      SET available = available - (?::integer[])[array_position(?::uuid[], id)]
      WHERE concert_id %s AND id = ANY (?)
      """;

  /** Takes the tickets first; without them nothing is written. */
  private static final String TAKE =
      """
      WITH taken AS (
        UPDATE ticket_types t SET available = available - ?
        WHERE concert_id = ? AND id = ? AND available >= ? AND cancelled_at IS NULL AND epoch = ?
          AND (?, ?, ?) = (
            SELECT max_per_purchase, sales_open_at, coalesce(sales_close_at, starts_at)
            FROM concerts WHERE id = t.concert_id)
          AND NOT EXISTS (SELECT FROM purchases
                          WHERE concert_id = t.concert_id AND idempotency_key = ANY (?))
      """;

  private static final String NO_ORDER =
      """
          AND NOT EXISTS (SELECT FROM orders
                          WHERE concert_id = t.concert_id AND idempotency_key = ANY (?))
      """;

  private static final String DATA =
      "json_build_object('ticketTypeId', ticket_type_id, 'quantity', quantity)";

  private static final String DATA_WITH_ACCOUNT =
      """
      json_strip_nulls(json_build_object(
        'ticketTypeId', ticket_type_id, 'quantity', quantity, 'accountId', account_id))
      """;

  /** A batch has some hundred traces at most, so to look one up costs little. */
  private static final String TRACEPARENT = ", (?::text[])[array_position(?::uuid[], id)]";

  private static final Map<Needs, SaleStatements> ALL =
      Stream.of(true, false)
          .flatMap(
              traced ->
                  Stream.of(
                      new Needs(false, false, traced),
                      new Needs(true, false, traced),
                      new Needs(true, true, traced)))
          .collect(Collectors.toUnmodifiableMap(Function.identity(), SaleStatements::of));

  /**
   * Says what the rows of a sale have.
   *
   * @param accounts whether they have accounts; those of orders always do
   */
  private record Needs(boolean accounts, boolean orders, boolean traces) {
    static Needs of(Sale sale) {
      boolean orders = sale.hasHolds();
      return new Needs(orders || sale.hasAccounts(), orders, sale.isTraced());
    }
  }

  private static SaleStatements of(Needs needs) {
    String rows = needs.orders() ? PURCHASES_AND_TICKETS + ORDERS : PURCHASES_AND_TICKETS;
    String write = "WITH " + rows(rows, needs, "true");
    return new SaleStatements(
        write + TAKE_LOCKED.formatted(Concerts.ONE.comparison()),
        write + TAKE_LOCKED.formatted(Concerts.SEVERAL.comparison()),
        ONLY_BY_INDEX
            + TAKE
            + (needs.orders() ? NO_ORDER : "")
            + "RETURNING available), "
            + rows(rows, needs, "EXISTS (SELECT FROM taken)")
            + "SELECT available FROM taken");
  }

  private static String rows(String rows, Needs needs, String condition) {
    return rows.formatted(
        condition,
        needs.accounts() ? ", account_id" : "",
        needs.accounts() ? ", ?" : "",
        needs.accounts() ? DATA_WITH_ACCOUNT : DATA,
        needs.traces() ? ", traceparent" : "",
        needs.traces() ? TRACEPARENT : "");
  }

  /** Returns the statements that have what a sale needs. */
  static SaleStatements of(Sale sale) {
    return ALL.get(Needs.of(sale));
  }

  /** Returns the statement that writes a sale of stock that is locked. */
  String write(Sale sale) {
    return Concerts.of(sale.concerts()) == Concerts.ONE ? write : writeOfSeveral;
  }
}
