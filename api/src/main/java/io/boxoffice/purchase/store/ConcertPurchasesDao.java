package io.boxoffice.purchase.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Holds the SQL that cancels and counts the purchases of one cancelled concert. */
@RegisterConstructorMapper(ConcertPurchasesDao.Returned.class)
@RegisterConstructorMapper(ConcertPurchasesDao.Counts.class)
public interface ConcertPurchasesDao {

  /**
   * Holds what a batch did.
   *
   * @param last the purchase that the next batch continues after; null when there was none
   */
  record Returned(UUID last, int tickets) {}

  /** Holds how many purchases there are that no order paid for. */
  record Counts(long confirmed, long cancelled) {}

  /** Locks the ticket types of a concert in the order of their ids, as a sale does. */
  @SqlQuery(
      "SELECT id FROM ticket_types WHERE concert_id = :concertId ORDER BY id FOR NO KEY UPDATE")
  List<UUID> lockStocks(UUID concertId);

  /**
   * Cancels the next confirmed purchases that no order paid for, by the database's clock, and puts
   * their tickets back. The stocks must be locked.
   *
   * @param eventIds an id for the event of each purchase, as many as the limit
   */
  @SqlQuery(
      """
      WITH next AS (
        SELECT id FROM purchases
        WHERE concert_id = :concertId AND id > :after AND status = 'CONFIRMED' AND NOT paid
        ORDER BY id LIMIT :limit FOR UPDATE
      ), cancelled AS (
        UPDATE purchases p SET status = 'CANCELLED', cancelled_at = clock_timestamp()
        FROM next WHERE p.id = next.id AND p.status = 'CONFIRMED'
        RETURNING p.id, p.ticket_type_id, p.quantity, p.cancelled_at
      ), events AS (
        INSERT INTO outbox (id, type, subject, key, time, data)
        SELECT (CAST(:eventIds AS uuid[]))[CAST(row_number() OVER (ORDER BY id) AS integer)],
               'purchase.cancelled', id, :concertId, cancelled_at,
               json_build_object('ticketTypeId', ticket_type_id, 'quantity', quantity)
        FROM cancelled ORDER BY id
      ), returned AS (
        UPDATE ticket_types t SET available = available + back.quantity
        FROM (SELECT ticket_type_id, sum(quantity) AS quantity FROM cancelled GROUP BY 1) back
        WHERE t.concert_id = :concertId AND t.id = back.ticket_type_id
      )
      SELECT (SELECT id FROM next ORDER BY id DESC LIMIT 1) AS last,
             (SELECT coalesce(sum(quantity), 0) FROM cancelled) AS tickets
      """)
  Returned cancelNext(UUID concertId, UUID after, int limit, UUID... eventIds);

  /** Counts the confirmed purchases of a concert after the given one. */
  @SqlQuery(
      """
      SELECT count(*) FROM (
        SELECT FROM purchases
        WHERE concert_id = :concertId AND id > :after AND status = 'CONFIRMED' AND NOT paid
        LIMIT :most) confirmed
      """)
  long countConfirmed(UUID concertId, UUID after, int most);

  /** Counts the confirmed purchases, and those that were cancelled since the given time. */
  @SqlQuery(
      """
      SELECT count(*) FILTER (WHERE status = 'CONFIRMED') AS confirmed,
             count(*) FILTER (WHERE cancelled_at >= :since) AS cancelled
      FROM purchases WHERE concert_id = :concertId AND NOT paid
      """)
  Counts counts(UUID concertId, Instant since);
}
