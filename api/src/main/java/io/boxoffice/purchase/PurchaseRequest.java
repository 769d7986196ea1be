package io.boxoffice.purchase;

import java.time.Instant;
import java.util.UUID;

/**
 * One request to buy, as the sales desk sees it.
 *
 * @param ticketTypeId null when the buyer left the choice to the concert; the desk fills it in
 * @param key null when the buyer sent none
 * @param arrivedAt when it came, which is when the sales window counts
 */
public record PurchaseRequest(
    UUID concertId,
    UUID ticketTypeId,
    String email,
    int quantity,
    IdempotencyKey key,
    Instant arrivedAt) {

  PurchaseRequest at(UUID resolvedTicketTypeId) {
    return new PurchaseRequest(concertId, resolvedTicketTypeId, email, quantity, key, arrivedAt);
  }

  /** Whether another request under the same key is a retry of this one. */
  boolean asksTheSameAs(PurchaseRequest other) {
    return concertId.equals(other.concertId)
        && ticketTypeId.equals(other.ticketTypeId)
        && email.equals(other.email)
        && quantity == other.quantity;
  }
}
