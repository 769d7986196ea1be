package io.boxoffice.order.ledger;

import io.boxoffice.concert.Price;
import java.util.Locale;
import java.util.UUID;

/**
 * Says in what the shop and the partner's ledger differ.
 *
 * @param chargeId the partner's charge; empty if the shop knows none
 * @param shop the money of the order as the shop has it; null for none
 * @param partner the money of the charge as the partner has it; null for none
 */
record Difference(Kind kind, UUID orderId, String chargeId, Price shop, Price partner) {

  /** In what they differ. */
  public enum Kind {
    /** The partner has money for an order that the shop does not have. */
    UNKNOWN_ORDER,
    /** The partner has money for an order that is not paid. */
    UNCONFIRMED_CHARGE,
    /** The partner charged a paid order a second time. */
    SECOND_CHARGE,
    /** The partner charged another amount or currency. */
    OTHER_AMOUNT,
    /** The order is paid, and the partner has no such charge. */
    CHARGE_MISSING,
    /** The order is refunded, and the partner still has the money. */
    REFUND_MISSING,
    /** The partner returned the money of an order that keeps its tickets. */
    UNEXPECTED_REFUND;

    /** The value of the metric's label. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
