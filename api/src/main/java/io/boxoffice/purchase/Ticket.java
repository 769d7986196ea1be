package io.boxoffice.purchase;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * One admission, as whoever knows its id may read it; it does not tell the buyer.
 *
 * @param ticketType the name of its ticket type
 */
@Schema(
    requiredProperties = {
      "id",
      "purchaseId",
      "concertId",
      "title",
      "artist",
      "venue",
      "startsAt",
      "ticketType",
      "status"
    })
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

  /** Whether it admits anybody. */
  public enum Status {
    VALID,
    CANCELLED
  }
}
