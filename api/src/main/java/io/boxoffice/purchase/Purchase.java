package io.boxoffice.purchase;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.boxoffice.concert.Price;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A buyer's claim of tickets, and the receipt for it.
 *
 * @param total the price of all its tickets
 * @param ticketIds one for each ticket
 * @param cancelledAt when it was cancelled; absent while it is confirmed
 */
@Schema(
    requiredProperties = {
      "id",
      "concertId",
      "ticketTypeId",
      "email",
      "quantity",
      "total",
      "status",
      "ticketIds",
      "createdAt"
    })
public record Purchase(
    UUID id,
    UUID concertId,
    UUID ticketTypeId,
    String email,
    int quantity,
    Price total,
    Status status,
    List<UUID> ticketIds,
    Instant createdAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) Instant cancelledAt) {

  /** Whether its tickets admit anybody. */
  public enum Status {
    CONFIRMED,
    CANCELLED
  }
}
