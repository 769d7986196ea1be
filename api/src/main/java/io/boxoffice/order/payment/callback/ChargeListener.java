package io.boxoffice.order.payment.callback;

import io.boxoffice.order.payment.Charge;
import io.boxoffice.platform.error.ProblemException;

/**
 * Gets what the partner did, also more than once and in any order. Each method returns after the
 * change is committed, and changes nothing if it is known already.
 */
public interface ChargeListener {

  /**
   * The partner has charged an order, or declined to.
   *
   * @throws ProblemException with {@code not-found} if there is no such order
   */
  void charged(Charge charge);

  /**
   * The partner has returned the money of a charge.
   *
   * @throws ProblemException with {@code not-found} if there is no such order
   */
  void refunded(Charge charge);
}
