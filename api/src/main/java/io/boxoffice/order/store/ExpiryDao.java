package io.boxoffice.order.store;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Holds the SQL that expires and deletes orders in batches. All times are the database's. */
@RegisterConstructorMapper(ExpiryDao.Due.class)
@RegisterConstructorMapper(ExpiryDao.Expired.class)
public interface ExpiryDao {

  /** Holds an order whose time is over, perhaps. */
  record Due(UUID concertId, UUID id, UUID ticketTypeId) {}

  /** Holds an order that has expired. */
  record Expired(UUID concertId, UUID id, int quantity, String fromState) {}

  /** Lets one replica at a time do the work of the given number, until the transaction ends. */
  @SqlQuery("SELECT pg_try_advisory_xact_lock(:number)")
  boolean lead(long number);

  /** Selects the orders whose time is over; {@link OrderDao#SELECT_ORDER} has the same rule. */
  String IS_DUE =
      """
      (state = 'HELD' AND expires_at <= now()
       OR state = 'PAYING' AND expires_at <= now() - :paymentLimit)
      """;

  /** Finds orders of this site whose time is over, those that expired first in front. */
  @SqlQuery(
      "SELECT concert_id, id, ticket_type_id FROM orders WHERE"
          + IS_DUE
          + "AND is_sold_here(concert_id) ORDER BY expires_at LIMIT :limit")
  List<Due> due(Duration paymentLimit, int limit);

  /**
   * Expires the given orders whose time is over, puts their tickets back on sale and writes their
   * history and their events. The stocks must be locked.
   *
   * @param eventIds an id for the event of each order, as many as ids
   */
  @SqlQuery(
      """
      WITH due AS (
        SELECT concert_id, id, state FROM orders
        WHERE concert_id = ANY (:concertIds) AND id = ANY (:ids) AND
      """
          + IS_DUE
          + """
        ORDER BY id FOR UPDATE
      ), expired AS (
        UPDATE orders o
        SET state = 'EXPIRED', changed_at =
      """
          + OrderDao.TIME_OF_CHANGE
          + """
        FROM due WHERE o.concert_id = due.concert_id AND o.id = due.id
          AND o.state IN ('HELD', 'PAYING')
        RETURNING o.concert_id, o.id, o.ticket_type_id, o.quantity, o.changed_at, o.amount,
          o.currency, o.account_id, due.state AS from_state
      ), history AS (
        INSERT INTO order_changes (concert_id, order_id, changed_at, event, from_state, to_state)
        SELECT concert_id, id, changed_at, 'EXPIRE', from_state, 'EXPIRED' FROM expired
      ), published AS (
        INSERT INTO outbox (id, type, subject, key, time, data)
        SELECT (CAST(:eventIds AS uuid[]))[CAST(row_number() OVER (ORDER BY id) AS integer)],
               'order.expired', id, concert_id, changed_at,
               json_strip_nulls(json_build_object(
                 'ticketTypeId', ticket_type_id, 'quantity', quantity,
                 'total', json_build_object('amount', amount, 'currency', currency),
                 'accountId', account_id))
        FROM expired ORDER BY id
      ), returned AS (
        UPDATE ticket_types t SET available = available + back.quantity
        FROM (SELECT concert_id, ticket_type_id, sum(quantity) AS quantity
              FROM expired GROUP BY concert_id, ticket_type_id) back
        WHERE t.concert_id = back.concert_id AND t.id = back.ticket_type_id
      )
      SELECT concert_id, id, quantity, from_state FROM expired
      """)
  List<Expired> expire(UUID[] concertIds, UUID[] ids, Duration paymentLimit, UUID[] eventIds);
}
