package io.boxoffice.purchase.store;

import io.boxoffice.concert.Price;
import io.boxoffice.purchase.allocation.ConcertKey;
import io.boxoffice.purchase.allocation.Purchase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Holds a purchase as the database returns it, with the price of its ticket type and the ids of its
 * tickets.
 *
 * @param paid whether an order with the same id paid for it
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
    List<UUID> ticketIds,
    UUID accountId,
    boolean paid) {

  /** Returns the key with its scope; only for a purchase that has one. */
  ConcertKey concertKey() {
    return new ConcertKey(concertId, idempotencyKey);
  }

  /** Returns the purchase. */
  public Purchase toPurchase() {
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
        cancelledAt,
        accountId);
  }
}
