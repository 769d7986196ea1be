package io.boxoffice.order.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Holds the SQL that finds and counts what the orders of one cancelled concert still have. */
@RegisterConstructorMapper(ConcertOrdersDao.Unreturned.class)
@RegisterConstructorMapper(ConcertOrdersDao.Open.class)
@RegisterConstructorMapper(OrderTotal.class)
public interface ConcertOrdersDao {

  /** Holds an order that has tickets, perhaps. */
  record Unreturned(UUID id, UUID ticketTypeId) {}

  /**
   * Holds how many orders wait for something. Each number comes from an index of few rows.
   *
   * @param unanswered payments of which the partner's answer is missing; those of PAYING orders too
   */
  record Open(long held, long paying, long refunding, long unanswered) {}

  /** Finds the orders of a concert that have tickets and no open payment, by their ids. */
  @SqlQuery(
      """
      SELECT id, ticket_type_id FROM orders
      WHERE concert_id = :concertId AND id > :after AND state IN ('HELD', 'CONFIRMED')
      ORDER BY id LIMIT :limit
      """)
  List<Unreturned> unreturned(UUID concertId, UUID after, int limit);

  /** Counts the orders of a concert that wait for the buyer or the partner. */
  @SqlQuery(
      """
      SELECT count(*) FILTER (WHERE state = 'HELD') AS held,
             count(*) FILTER (WHERE state = 'PAYING') AS paying,
             (SELECT count(*) FROM orders WHERE concert_id = :concertId AND state = 'REFUNDING')
               AS refunding,
             (SELECT count(*) FROM payments
              WHERE concert_id = :concertId AND state = 'REQUESTED'
                AND next_attempt_at IS NOT NULL) AS unanswered
      FROM orders WHERE concert_id = :concertId AND state IN ('HELD', 'PAYING')
      """)
  Open open(UUID concertId);

  /** Counts the CONFIRMED orders of a concert after the given one. */
  @SqlQuery(
      """
      SELECT count(*) FROM (
        SELECT FROM orders WHERE concert_id = :concertId AND id > :after AND state = 'CONFIRMED'
        LIMIT :most) confirmed
      """)
  long countConfirmed(UUID concertId, UUID after, int most);

  /** Counts the orders of a concert that have tickets or changed since the given time. */
  @SqlQuery(
      """
      SELECT state, currency, count(*) AS orders, sum(amount) AS amount FROM orders
      WHERE concert_id = :concertId
        AND (changed_at >= :since OR state IN ('HELD', 'PAYING', 'CONFIRMED', 'REFUNDING'))
      GROUP BY state, currency ORDER BY state, currency
      """)
  List<OrderTotal> totals(UUID concertId, Instant since);
}
