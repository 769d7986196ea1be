package io.boxoffice.purchase.store;

import static io.boxoffice.purchase.store.PlainJdbc.ONLY_BY_INDEX;

import io.boxoffice.purchase.allocation.Sale;

/**
 * Holds the statements that write a sale. A batch without accounts or orders does not pay for them.
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
        INSERT INTO outbox (id, type, subject, key, time, data)
        SELECT id, 'purchase.made', id, concert_id, created_at,
               %4$s
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
        INSERT INTO outbox (id, type, subject, key, time, data)
        SELECT id, 'order.held', id, concert_id, created_at,
               json_strip_nulls(json_build_object(
                 'ticketTypeId', ticket_type_id, 'quantity', quantity,
                 'total', json_build_object('amount', amount, 'currency', currency),
                 'accountId', account_id,
                 'expiresAt', to_char(expires_at AT TIME ZONE 'UTC',
                                      'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
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
        WHERE concert_id = ? AND id = ? AND available >= ? AND cancelled_at IS NULL
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

  private static final SaleStatements PLAIN = of("", PURCHASES_AND_TICKETS, "", "", DATA);
  private static final String WITH_ACCOUNT = ", account_id";
  private static final SaleStatements WITH_ACCOUNTS =
      of("", PURCHASES_AND_TICKETS, WITH_ACCOUNT, ", ?", DATA_WITH_ACCOUNT);
  private static final SaleStatements WITH_ORDERS =
      of(NO_ORDER, PURCHASES_AND_TICKETS + ORDERS, WITH_ACCOUNT, ", ?", DATA_WITH_ACCOUNT);

  private static SaleStatements of(
      String noOrder, String rows, String column, String parameter, String data) {
    String write = "WITH " + rows.formatted("true", column, parameter, data);
    return new SaleStatements(
        write + TAKE_LOCKED.formatted(Concerts.ONE.comparison()),
        write + TAKE_LOCKED.formatted(Concerts.SEVERAL.comparison()),
        ONLY_BY_INDEX
            + TAKE
            + noOrder
            + "RETURNING available), "
            + rows.formatted("EXISTS (SELECT FROM taken)", column, parameter, data)
            + "SELECT available FROM taken");
  }

  /** Returns the statements that have what a sale needs. */
  static SaleStatements of(Sale sale) {
    if (sale.hasHolds()) {
      return WITH_ORDERS;
    }
    return sale.hasAccounts() ? WITH_ACCOUNTS : PLAIN;
  }

  /** Returns the statement that writes a sale of stock that is locked. */
  String write(Sale sale) {
    return Concerts.of(sale.concerts()) == Concerts.ONE ? write : writeOfSeveral;
  }
}
