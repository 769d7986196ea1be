package io.boxoffice.purchase.allocation;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Holds one request for tickets in the form that the sales desk needs.
 *
 * @param ticketTypeId null when the request names no ticket type; the desk then fills in the only
 *     one
 * @param key the idempotency key; null when the request has none
 * @param arrivedAt when the service began to process the request, after a simulated delay; {@link
 *     Allocation} compares it with the sales window
 * @param accountId the account of the caller; null without a session
 * @param hold for how long an order holds the tickets; null when they are sold at once
 * @param traceparent the place of the request in a recorded trace; null without one
 */
public record PurchaseRequest(
    UUID concertId,
    UUID ticketTypeId,
    String email,
    int quantity,
    String key,
    Instant arrivedAt,
    UUID accountId,
    Duration hold,
    String traceparent) {

  /** Creates a request without a trace. */
  public PurchaseRequest(
      UUID concertId,
      UUID ticketTypeId,
      String email,
      int quantity,
      String key,
      Instant arrivedAt,
      UUID accountId,
      Duration hold) {
    this(concertId, ticketTypeId, email, quantity, key, arrivedAt, accountId, hold, null);
  }

  /** Returns this request at a place in a trace; null for none. */
  public PurchaseRequest at(String place) {
    return new PurchaseRequest(
        concertId, ticketTypeId, email, quantity, key, arrivedAt, accountId, hold, place);
  }

  /** Returns this request for the given ticket type. */
  public PurchaseRequest withTicketType(UUID resolvedTicketTypeId) {
    return new PurchaseRequest(
        concertId,
        resolvedTicketTypeId,
        email,
        quantity,
        key,
        arrivedAt,
        accountId,
        hold,
        traceparent);
  }

  /** Whether the tickets are held for an order, and not sold at once. */
  public boolean isHold() {
    return hold != null;
  }

  /** Returns the key with its scope; only for a request that has one. */
  public ConcertKey concertKey() {
    return new ConcertKey(concertId, key);
  }

  /** Whether this request, which has the key of a purchase, has its content too. */
  boolean isRetryOf(Purchase purchase) {
    return ticketTypeId.equals(purchase.ticketTypeId())
        && email.equals(purchase.email())
        && quantity == purchase.quantity()
        && Objects.equals(accountId, purchase.accountId());
  }

  /** Whether this request, which has the key of an order, has its content too. */
  boolean isRetryOf(Hold earlier) {
    return ticketTypeId.equals(earlier.ticketTypeId())
        && email.equals(earlier.email())
        && quantity == earlier.quantity()
        && Objects.equals(accountId, earlier.accountId());
  }
}
