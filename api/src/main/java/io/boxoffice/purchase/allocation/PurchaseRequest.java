package io.boxoffice.purchase.allocation;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Holds one request to buy in the form that the sales desk needs.
 *
 * @param ticketTypeId null when the request names no ticket type; the desk then fills in the only
 *     one
 * @param key the idempotency key; null when the request has none
 * @param arrivedAt when the service began to process the request, after a simulated delay; {@link
 *     Allocation} compares it with the sales window
 * @param accountId the account of the caller; null without a session
 */
public record PurchaseRequest(
    UUID concertId,
    UUID ticketTypeId,
    String email,
    int quantity,
    String key,
    Instant arrivedAt,
    UUID accountId) {

  /** Returns this request for the given ticket type. */
  public PurchaseRequest withTicketType(UUID resolvedTicketTypeId) {
    return new PurchaseRequest(
        concertId, resolvedTicketTypeId, email, quantity, key, arrivedAt, accountId);
  }

  /** Whether this request, which has the key of a purchase, has its content too. */
  boolean isRetryOf(Purchase purchase) {
    return concertId.equals(purchase.concertId())
        && ticketTypeId.equals(purchase.ticketTypeId())
        && email.equals(purchase.email())
        && quantity == purchase.quantity()
        && Objects.equals(accountId, purchase.accountId());
  }
}
