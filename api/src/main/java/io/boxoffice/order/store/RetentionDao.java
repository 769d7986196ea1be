package io.boxoffice.order.store;

import java.time.Duration;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL that deletes old rows in batches. All times are the database's. */
public interface RetentionDao {

  /**
   * Deletes orders that ended without tickets, with their payments. It keeps an order whose payment
   * has no answer yet, because the partner may have the money.
   *
   * @return how many there were
   */
  @SqlUpdate(
      """
      DELETE FROM orders WHERE (concert_id, id) IN (
        SELECT o.concert_id, o.id FROM orders o
        WHERE o.state IN ('DECLINED', 'EXPIRED', 'CANCELLED', 'REFUNDED')
          AND o.changed_at < now() - :age
          AND NOT EXISTS (
            SELECT FROM payments y
            WHERE y.concert_id = o.concert_id AND y.order_id = o.id AND y.state = 'REQUESTED')
        ORDER BY o.changed_at LIMIT :limit
        FOR UPDATE SKIP LOCKED)
      """)
  int deleteOrders(Duration age, int limit);

  /**
   * Deletes the history of transitions that are older than the given age.
   *
   * @return how many there were
   */
  @SqlUpdate(
      """
      DELETE FROM order_changes WHERE ctid IN (
        SELECT ctid FROM order_changes WHERE changed_at < now() - :age
        ORDER BY changed_at LIMIT :limit)
      """)
  int deleteHistory(Duration age, int limit);
}
