package io.boxoffice.order.ledger;

import io.boxoffice.concert.Price;
import io.boxoffice.order.state.OrderState;
import java.util.UUID;

/**
 * Holds what the shop knows about the money of an order.
 *
 * @param chargeId the charge that the partner reported; null for none
 * @param settled whether the order has had its state long enough to be compared
 */
public record OrderMoney(
    UUID orderId,
    OrderState state,
    long amount,
    String currency,
    String chargeId,
    boolean settled) {

  Price price() {
    return new Price(amount, currency);
  }
}
