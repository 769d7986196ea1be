package io.boxoffice.gate.code;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.boxoffice.purchase.store.Ticket;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Represents the admission of one person, with the code that a gate reads. Its id is enough to read
 * it, so it does not contain the buyer's data.
 *
 * @param ticketType the name of the ticket type
 * @param admission absent if the ticket was never admitted
 * @param code absent in a cancelled ticket
 */
@Schema(
    name = "Ticket",
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
public record CodedTicket(
    UUID id,
    UUID purchaseId,
    UUID concertId,
    String title,
    String artist,
    String venue,
    Instant startsAt,
    String ticketType,
    Ticket.Status status,
    @JsonInclude(JsonInclude.Include.NON_NULL) Ticket.Admission admission,
    @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
            description =
                "Signed text that admits at a gate, as a QR code or as it is; absent when the ticket"
                    + " is cancelled",
            minLength = 151,
            maxLength = 151)
        String code) {

  /** Adds a code, or null, to a ticket. */
  static CodedTicket of(Ticket ticket, String code) {
    return new CodedTicket(
        ticket.id(),
        ticket.purchaseId(),
        ticket.concertId(),
        ticket.title(),
        ticket.artist(),
        ticket.venue(),
        ticket.startsAt(),
        ticket.ticketType(),
        ticket.status(),
        ticket.admission(),
        code);
  }
}
