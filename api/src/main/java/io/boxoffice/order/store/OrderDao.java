package io.boxoffice.order.store;

import io.boxoffice.order.state.OrderEvent;
import io.boxoffice.order.state.OrderState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Holds the SQL of orders and their history. Every statement names the concert, so that it touches
 * one partition if the tables are spread by concert; reads by id alone use an index on the id.
 */
@RegisterConstructorMapper(OrderRow.class)
public interface OrderDao {

  /** Selects orders with their payments; append a WHERE clause. */
  String SELECT_ORDER =
      """
      SELECT o.concert_id, o.id, o.ticket_type_id, o.email, o.quantity, o.amount, o.currency,
             o.state, o.account_id, o.created_at, o.expires_at, o.changed_at,
             o.expires_at + CASE o.state WHEN 'PAYING' THEN :paymentLimit ELSE interval '0' END
               <= clock_timestamp() AS due,
             EXISTS (SELECT FROM purchases p WHERE p.concert_id = o.concert_id AND p.id = o.id)
               AS sold,
             (SELECT cancelled_at IS NOT NULL FROM concerts c WHERE c.id = o.concert_id)
               AS concert_cancelled,
             y.token_hash, y.decline_reason, coalesce(y.attempts, 0) AS attempts
      FROM orders o LEFT JOIN payments y ON y.concert_id = o.concert_id AND y.order_id = o.id
      """;

  /**
   * The time of a change. It is later than that of the change before, even if the clock was set
   * back, so that the time tells which of two readings of an order is the newer one.
   */
  String TIME_OF_CHANGE = "greatest(clock_timestamp(), changed_at + interval '1 microsecond')";

  /** Reads one order, of which only the id is known. */
  @SqlQuery(SELECT_ORDER + " WHERE o.id = :id")
  Optional<OrderRow> find(UUID id, Duration paymentLimit);

  /** Reads those of the given orders that have another state than the given one. */
  @SqlQuery(
      SELECT_ORDER
          + " JOIN unnest(:ids, :states) AS seen (id, state) ON seen.id = o.id"
          + " WHERE o.state <> seen.state")
  List<OrderRow> findChanged(UUID[] ids, String[] states, Duration paymentLimit);

  /** Reads the orders of an account in the order of their ids. */
  @SqlQuery(
      SELECT_ORDER
          + " WHERE o.account_id = :accountId AND o.id > :after ORDER BY o.id LIMIT :limit")
  List<OrderRow> listOf(UUID accountId, UUID after, int limit, Duration paymentLimit);

  /** Reads one order. */
  @SqlQuery(SELECT_ORDER + " WHERE o.concert_id = :concertId AND o.id = :id")
  Optional<OrderRow> find(UUID concertId, UUID id, Duration paymentLimit);

  /** Locks an order until the transaction ends. */
  @SqlQuery("SELECT id FROM orders WHERE concert_id = :concertId AND id = :id FOR UPDATE")
  Optional<UUID> lock(UUID concertId, UUID id);

  /**
   * Moves an order that nothing has moved since it was read, and adds the transition to its
   * history. A move to a state that others care about has an event. The key of {@code order.paying}
   * is the order and not the concert, so that the payments of one concert do not wait for each
   * other.
   *
   * @param changedAt as it was read
   * @param eventId the id of the event
   * @param traceparent its place in a trace; null for none
   * @param requestId the id of the request that moves the order; null for none
   * @return the time of the move; empty when the order was moved meanwhile
   */
  @SqlQuery(
      """
      WITH moved AS (
        UPDATE orders
        SET state = :to, changed_at =
      """
          + TIME_OF_CHANGE
          + """
        WHERE concert_id = :concertId AND id = :id AND state IN (:from) AND changed_at = :changedAt
        RETURNING concert_id, id, changed_at, ticket_type_id, quantity, amount, currency, account_id
      ), noted AS (
        INSERT INTO order_changes (concert_id, order_id, changed_at, event, from_state, to_state)
        SELECT concert_id, id, changed_at, :event, :from, :to FROM moved
      ), published AS (
        INSERT INTO outbox (id, type, subject, key, time, data, traceparent, request_id)
        SELECT :eventId, 'order.' || lower(:to), id,
               CASE WHEN :to = 'PAYING' THEN id ELSE concert_id END, changed_at,
               json_strip_nulls(json_build_object(
                 'concertId', CASE WHEN :to = 'PAYING' THEN concert_id END,
                 'ticketTypeId', ticket_type_id, 'quantity', quantity,
                 'total', json_build_object('amount', amount, 'currency', currency),
                 'accountId', account_id)), :traceparent, :requestId
        FROM moved
        WHERE :to IN ('PAYING', 'CONFIRMED', 'DECLINED', 'EXPIRED', 'CANCELLED', 'REFUNDED')
      )
      SELECT changed_at FROM moved
      """)
  Optional<Instant> move(
      UUID concertId,
      UUID id,
      OrderEvent event,
      OrderState from,
      OrderState to,
      Instant changedAt,
      UUID eventId,
      String traceparent,
      String requestId);

  /**
   * Selects the orders without an account whose address is the given one. The first comparison
   * finds addresses by the index, the second one keeps letters other than A to Z apart.
   */
  String OF_ADDRESS =
      """
      account_id IS NULL AND lower(email) = lower(:email)
      AND lower(email COLLATE "C") = lower(CAST(:email AS text) COLLATE "C")
      """;

  /**
   * Gives the orders of an address to an account, if they belong to none.
   *
   * @return how many there were
   */
  @SqlUpdate(
      """
      UPDATE orders SET account_id = :accountId
      WHERE (concert_id, id) IN (SELECT concert_id, id FROM orders WHERE
      """
          + OF_ADDRESS
          + " ORDER BY id FOR UPDATE)")
  int claim(UUID accountId, String email);

  /**
   * Replaces the address of an account's orders, and of those of its address without an account, by
   * another one.
   */
  @SqlUpdate(
      """
      UPDATE orders SET email = :pseudonym, account_id = NULL
      WHERE (concert_id, id) IN (
        SELECT concert_id, id FROM orders WHERE account_id = :accountId OR (
      """
          + OF_ADDRESS
          + ") ORDER BY id FOR UPDATE)")
  void anonymise(UUID accountId, String email, String pseudonym);
}
