package io.boxoffice.purchase;

import io.boxoffice.concert.Price;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Holds a purchase as the database returns it, with the price of its ticket type and the ids of its
 * tickets.
 */
public record PurchaseRow(
    UUID id,
    UUID concertId,
    UUID ticketTypeId,
    String email,
    int quantity,
    Purchase.Status status,
    Instant createdAt,
    Instant cancelledAt,
    String idempotencyKey,
    long priceAmount,
    String priceCurrency,
    List<UUID> ticketIds) {

  Purchase toPurchase() {
    return new Purchase(
        id,
        concertId,
        ticketTypeId,
        email,
        quantity,
        new Price(priceAmount, priceCurrency).times(quantity),
        status,
        ticketIds,
        createdAt,
        cancelledAt);
  }

  /** Whether a request has the content of this purchase, so that it is a retry. */
  boolean answers(PurchaseRequest request) {
    return concertId.equals(request.concertId())
        && ticketTypeId.equals(request.ticketTypeId())
        && email.equals(request.email())
        && quantity == request.quantity();
  }
}
