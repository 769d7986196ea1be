package io.boxoffice.cancellation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Represents a cancelled concert and how much of it is given back.
 *
 * @param reason why it was cancelled; absent without one
 * @param completedAt when all was given back; absent until then
 * @param money one entry for each currency
 */
@Schema(requiredProperties = {"concertId", "cancelledAt", "orders", "purchases", "money"})
record Cancellation(
    UUID concertId,
    Instant cancelledAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) String reason,
    @JsonInclude(JsonInclude.Include.NON_NULL) Instant completedAt,
    Orders orders,
    Purchases purchases,
    List<Money> money) {

  /**
   * Counts orders: what is left, and what ended since the cancellation.
   *
   * @param held to be cancelled
   * @param paying wait for the partner's answer
   * @param confirmed to be refunded
   * @param refunding the partner is asked for the money
   * @param unanswered payments without an answer, of PAYING orders and of orders that ended
   * @param cancelled ended without a payment
   * @param refunded the partner returned the money
   */
  @Schema(
      name = "CancelledOrders",
      requiredProperties = {
        "held",
        "paying",
        "confirmed",
        "refunding",
        "unanswered",
        "cancelled",
        "refunded"
      })
  record Orders(
      long held,
      long paying,
      long confirmed,
      long refunding,
      long unanswered,
      long cancelled,
      long refunded) {}

  /**
   * Counts purchases that no order paid for.
   *
   * @param confirmed to be cancelled
   * @param cancelled since the cancellation
   */
  @Schema(
      name = "CancelledPurchases",
      requiredProperties = {"confirmed", "cancelled"})
  record Purchases(long confirmed, long cancelled) {}

  /**
   * Sums up the money of one currency.
   *
   * @param refunding what the partner must return
   * @param refunded what it has returned
   */
  @Schema(
      name = "ReturnedMoney",
      requiredProperties = {"currency", "refunding", "refunded"})
  record Money(String currency, Sum refunding, Sum refunded) {}

  /**
   * Sums up orders.
   *
   * @param amount minor units
   */
  @Schema(
      name = "OrderSum",
      requiredProperties = {"orders", "amount"})
  record Sum(long orders, long amount) {}
}
