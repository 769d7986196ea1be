package io.boxoffice.order.store;

import io.boxoffice.order.state.OrderState;
import java.time.Duration;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Holds the SQL of the gauges. Each query reads an index of the few orders that it counts. */
public interface OrderCountDao {

  /** Counts the orders in one of the states HELD, PAYING and REFUNDING. */
  @SqlQuery(
      """
      SELECT count(*) FROM orders
      WHERE state = :state AND state IN ('HELD', 'PAYING', 'REFUNDING')
      """)
  long count(OrderState state);

  /** Counts the orders that should have expired a minute ago or earlier. */
  @SqlQuery(
      """
      SELECT count(*) FROM orders
      WHERE state = 'HELD' AND expires_at <= now() - interval '1 minute'
         OR state = 'PAYING' AND expires_at <= now() - :paymentLimit - interval '1 minute'
      """)
  long countStuck(Duration paymentLimit);

  /** Returns the age of the oldest refund that is not made, in seconds; 0 if there is none. */
  @SqlQuery(
      """
      SELECT coalesce(extract(epoch FROM now() - min(changed_at)), 0) FROM orders
      WHERE state = 'REFUNDING'
      """)
  double oldestRefundSeconds();

  /** Counts the payments that have no answer of the partner for a minute or longer. */
  @SqlQuery(
      """
      SELECT count(*) FROM payments
      WHERE next_attempt_at IS NOT NULL AND state = 'REQUESTED'
        AND requested_at <= now() - interval '1 minute'
      """)
  long countUnanswered();
}
