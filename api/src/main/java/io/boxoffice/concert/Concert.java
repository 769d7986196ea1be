package io.boxoffice.concert;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Represents a concert for clients. It holds no data that only operators may read.
 *
 * @param salesCloseAt when sales close; the start of the concert unless the operator set a time
 * @param available how many tickets of all types together are left
 * @param ticketTypes the ticket types in the operator's order
 * @param cancelledAt when it was cancelled; absent unless it was
 */
@Schema(
    requiredProperties = {
      "id",
      "title",
      "artist",
      "venue",
      "startsAt",
      "salesOpenAt",
      "salesCloseAt",
      "maxPerPurchase",
      "available",
      "ticketTypes",
      "createdAt"
    })
public record Concert(
    UUID id,
    String title,
    String artist,
    String venue,
    Instant startsAt,
    Instant salesOpenAt,
    Instant salesCloseAt,
    int maxPerPurchase,
    int available,
    List<TicketType> ticketTypes,
    Instant createdAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) Instant cancelledAt) {}
