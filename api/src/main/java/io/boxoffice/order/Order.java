package io.boxoffice.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.boxoffice.concert.Price;
import io.boxoffice.order.state.OrderState;
import io.boxoffice.order.store.OrderRow;
import io.boxoffice.purchase.allocation.Hold;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Represents an order as its buyer sees it.
 *
 * @param total the price of all tickets together
 * @param expiresAt until when a HELD order can be paid
 * @param changedAt when it got its state
 * @param accountId the account that it belongs to; absent if its id alone gives access
 * @param purchaseId the purchase with the tickets, which has the order's id; absent without one
 * @param declineReason why the payment was declined; absent unless the partner gave a reason
 */
@Schema(
    requiredProperties = {
      "id",
      "concertId",
      "ticketTypeId",
      "email",
      "quantity",
      "total",
      "state",
      "createdAt",
      "expiresAt",
      "changedAt"
    })
public record Order(
    UUID id,
    UUID concertId,
    UUID ticketTypeId,
    String email,
    int quantity,
    Price total,
    OrderState state,
    Instant createdAt,
    Instant expiresAt,
    Instant changedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) UUID accountId,
    @JsonInclude(JsonInclude.Include.NON_NULL) UUID purchaseId,
    @JsonInclude(JsonInclude.Include.NON_NULL) String declineReason) {

  /** The order as the desk has written it. */
  static Order of(Hold hold) {
    return new Order(
        hold.id(),
        hold.concertId(),
        hold.ticketTypeId(),
        hold.email(),
        hold.quantity(),
        hold.total(),
        OrderState.HELD,
        hold.createdAt(),
        hold.expiresAt(),
        hold.createdAt(),
        hold.accountId(),
        null,
        null);
  }

  static Order of(OrderRow row) {
    return new Order(
        row.id(),
        row.concertId(),
        row.ticketTypeId(),
        row.email(),
        row.quantity(),
        new Price(row.amount(), row.currency()),
        row.state(),
        row.createdAt(),
        row.expiresAt(),
        row.changedAt(),
        row.accountId(),
        row.sold() ? row.id() : null,
        row.declineReason());
  }
}
