package io.boxoffice.purchase;

import java.time.Instant;
import java.util.UUID;

/**
 * Holds one request to buy in the form that the sales desk needs.
 *
 * @param ticketTypeId null when the request names no ticket type; the desk then fills in the only
 *     one
 * @param key null when the request has no key
 * @param arrivedAt when the server received the request; it must lie in the sales window
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

  /** Whether another request has the same content; under the same key it is a retry. */
  boolean asksTheSameAs(PurchaseRequest other) {
    return concertId.equals(other.concertId)
        && ticketTypeId.equals(other.ticketTypeId)
        && email.equals(other.email)
        && quantity == other.quantity;
  }
}
