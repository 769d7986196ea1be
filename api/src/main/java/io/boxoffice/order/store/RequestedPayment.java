package io.boxoffice.order.store;

import java.util.UUID;

/**
 * Holds a payment about which the partner is asked for the first time.
 *
 * @param amount minor units
 * @param token what to charge
 */
public record RequestedPayment(
    UUID concertId, UUID orderId, long amount, String currency, String token) {

  /** Hides the token, so that no log can contain it. */
  @Override
  public String toString() {
    return "RequestedPayment " + orderId;
  }
}
