package io.boxoffice.purchase.store;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.PropagateNull;

/**
 * Holds the admission of one person. Its id is enough to read it, so it does not contain the
 * buyer's data.
 *
 * @param ticketType the name of the ticket type
 * @param admission null if the ticket was never admitted
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
    Status status,
    @Nested("admission") Admission admission) {

  /**
   * Tells what happened to the ticket at the gates.
   *
   * @param changedAt when it last entered or left
   */
  @Schema(requiredProperties = {"firstAdmittedAt", "changedAt", "inside"})
  public record Admission(
      @PropagateNull Instant firstAdmittedAt, Instant changedAt, boolean inside) {}

  /** Whether the ticket is valid for admission. */
  public enum Status {
    VALID,
    CANCELLED
  }
}
