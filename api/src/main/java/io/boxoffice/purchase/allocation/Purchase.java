package io.boxoffice.purchase.allocation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.boxoffice.concert.Price;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Represents a purchase, and is the receipt that the buyer gets.
 *
 * @param total the price of all tickets together
 * @param ticketIds one id for each ticket
 * @param cancelledAt when it was cancelled; absent in a confirmed purchase
 * @param accountId the account that it belongs to; absent if its id alone gives access
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
    @JsonInclude(JsonInclude.Include.NON_NULL) Instant cancelledAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) UUID accountId) {

  /** Whether the tickets of the purchase are valid. */
  public enum Status {
    CONFIRMED,
    CANCELLED
  }
}
