package io.boxoffice.concert;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A concert as everybody may read it.
 *
 * @param salesCloseAt when sales end, which is the start unless the operator said otherwise
 * @param available tickets left, of all types together
 * @param ticketTypes in the order in which the operator gave them
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
    Instant createdAt) {}
