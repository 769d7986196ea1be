package io.boxoffice.order.payment;

import java.util.UUID;

/**
 * Says what the partner charges.
 *
 * @param orderId the order, which is also the key that makes repetitions safe
 * @param amount in minor units of the currency, 0 or more
 * @param currency of ISO 4217, three letters
 * @param token stands for the buyer's means of payment; it is a secret
 */
public record ChargeRequest(UUID orderId, long amount, String currency, String token) {
  /** Hides the token, so that no log can contain it. */
  @Override
  public String toString() {
    return "ChargeRequest of order " + orderId;
  }
}
