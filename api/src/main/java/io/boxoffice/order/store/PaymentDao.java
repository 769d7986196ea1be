package io.boxoffice.order.store;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Holds the SQL of payments. All times are the database's, so that replicas agree about what is
 * due.
 */
@RegisterConstructorMapper(DuePayment.class)
@RegisterConstructorMapper(RequestedPayment.class)
public interface PaymentDao {

  /**
   * Opens the payment of an order.
   *
   * @param patience how long the first request has, before the reconciler asks again
   */
  @SqlUpdate(
      """
      INSERT INTO payments (concert_id, order_id, token, token_hash, state, requested_at,
                            next_attempt_at, attempts)
      VALUES (:concertId, :orderId, :token, :tokenHash, 'REQUESTED', now(), now() + :patience, 1)
      """)
  void open(UUID concertId, UUID orderId, String token, String tokenHash, Duration patience);

  /** Reads those payments of the given orders that the partner was not asked about twice. */
  @SqlQuery(
      """
      SELECT y.concert_id, y.order_id, o.amount, o.currency, y.token
      FROM payments y
      JOIN unnest(:concertIds, :orderIds) AS wanted (concert_id, order_id)
        USING (concert_id, order_id)
      JOIN orders o ON o.concert_id = y.concert_id AND o.id = y.order_id
      WHERE y.state = 'REQUESTED' AND y.attempts = 1
      """)
  List<RequestedPayment> requested(UUID[] concertIds, UUID[] orderIds);

  /**
   * Removes the payment of an order that was never charged.
   *
   * @param attempts as the decision saw it; another number means that the reconciler asks
   * @return 1, or 0 when the partner is asked once more
   */
  @SqlUpdate(
      """
      DELETE FROM payments
      WHERE concert_id = :concertId AND order_id = :orderId AND state = 'REQUESTED'
        AND attempts = :attempts
      """)
  int drop(UUID concertId, UUID orderId, int attempts);

  /**
   * Notes a charge, and erases the token. The order may have no payment, if the partner charged
   * what it was not asked for: that money must be refunded too.
   */
  @SqlUpdate(
      """
      INSERT INTO payments (concert_id, order_id, token_hash, state, charge_id, requested_at,
                            answered_at, attempts)
      VALUES (:concertId, :orderId, '', 'SUCCEEDED', :chargeId, now(), now(), 0)
      ON CONFLICT (concert_id, order_id) DO UPDATE
      SET state = 'SUCCEEDED', charge_id = :chargeId, token = NULL, answered_at = now(),
          next_attempt_at = NULL
      """)
  void succeeded(UUID concertId, UUID orderId, String chargeId);

  /** Notes a decline, and erases the token. */
  @SqlUpdate(
      """
      UPDATE payments
      SET state = 'DECLINED', charge_id = :chargeId, decline_reason = :reason, token = NULL,
          answered_at = now(), next_attempt_at = NULL
      WHERE concert_id = :concertId AND order_id = :orderId AND state = 'REQUESTED'
      """)
  void declined(UUID concertId, UUID orderId, String chargeId, String reason);

  /** Lets the reconciler ask for the money of a charge, now and until it is returned. */
  @SqlUpdate(
      """
      UPDATE payments SET next_attempt_at = now(), attempts = 0
      WHERE concert_id = :concertId AND order_id = :orderId AND state = 'SUCCEEDED'
      """)
  void requestRefund(UUID concertId, UUID orderId);

  /** Ends the requests for a refund. */
  @SqlUpdate(
      """
      UPDATE payments SET next_attempt_at = NULL
      WHERE concert_id = :concertId AND order_id = :orderId
      """)
  void closeRefund(UUID concertId, UUID orderId);

  /** Lets the reconciler ask soon, because the partner did not answer the first request. */
  @SqlUpdate(
      """
      UPDATE payments SET next_attempt_at = least(next_attempt_at, now() + :pause)
      WHERE concert_id = :concertId AND order_id = :orderId AND state = 'REQUESTED'
        AND attempts = 1
      """)
  void askSoon(UUID concertId, UUID orderId, Duration pause);

  /**
   * Claims payments of this site that are due. No replica gets them again before a pause that
   * doubles with each attempt, whatever becomes of this one.
   *
   * @param first the pause after the first attempt
   * @param longest bounds all pauses
   */
  @SqlQuery(
      """
      UPDATE payments y
      SET attempts = y.attempts + 1,
          next_attempt_at = now() + least(:first * power(2, least(y.attempts, 20)), :longest)
      FROM (SELECT concert_id, order_id FROM payments
            WHERE next_attempt_at <= now() AND is_sold_here(concert_id)
            ORDER BY next_attempt_at LIMIT :limit FOR UPDATE SKIP LOCKED) due
      JOIN orders o ON o.concert_id = due.concert_id AND o.id = due.order_id
      WHERE y.concert_id = due.concert_id AND y.order_id = due.order_id
      RETURNING y.order_id, o.amount, o.currency, y.token, y.charge_id
      """)
  List<DuePayment> claimDue(Duration first, Duration longest, int limit);
}
