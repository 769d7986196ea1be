package io.boxoffice.purchase.store;

import java.time.Instant;
import java.util.UUID;

/**
 * Holds the admission of one person. Its id is enough to read it, so it does not contain the
 * buyer's data.
 *
 * @param ticketType the name of the ticket type
 */
public record Ticket(
    UUID id,
    UUID purchaseId,
    UUID concertId,
    String title,
    String artist,
    String venue,
    Instant startsAt,
    String ticketType,
    Status status) {

  /** Whether the ticket is valid for admission. */
  public enum Status {
    VALID,
    CANCELLED
  }
}
