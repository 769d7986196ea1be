package io.boxoffice.order.payment;

import java.util.UUID;

/**
 * Represents what the partner did with the money of an order.
 *
 * @param id the partner's id of the charge: 1 to 100 letters, digits, {@code -} and {@code _}
 * @param orderId the order that was charged
 * @param declineReason why the charge was declined, such as {@code card-declined}; null if it
 *     succeeded, or if the partner gives no reason
 * @param refunded whether the partner has returned the money
 */
public record Charge(
    String id, UUID orderId, Status status, String declineReason, boolean refunded) {

  /** Whether the partner has the money. */
  public enum Status {
    SUCCEEDED,
    DECLINED
  }
}
