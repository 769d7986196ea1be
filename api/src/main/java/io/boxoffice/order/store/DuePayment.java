package io.boxoffice.order.store;

import java.util.UUID;

/**
 * Holds a payment about which the partner must be asked again.
 *
 * @param amount minor units
 * @param token what to charge; null when it is about a refund
 * @param chargeId what to refund; null when it is about a charge
 */
public record DuePayment(
    UUID orderId, long amount, String currency, String token, String chargeId) {

  /** Whether the money of a charge must be returned. */
  public boolean isRefund() {
    return chargeId != null;
  }

  /** Hides the token, so that no log can contain it. */
  @Override
  public String toString() {
    return "DuePayment " + orderId;
  }
}
