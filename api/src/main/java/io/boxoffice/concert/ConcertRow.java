package io.boxoffice.concert;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Holds a row of {@code concerts}.
 *
 * @param salesCloseAt null when sales close at the start of the concert
 * @param cancelledAt null unless it was cancelled
 * @param version counts its changes, from 1 on
 */
public record ConcertRow(
    UUID id,
    String title,
    String artist,
    String venue,
    Instant startsAt,
    Instant salesOpenAt,
    Instant salesCloseAt,
    int maxPerPurchase,
    Instant createdAt,
    Instant cancelledAt,
    long version) {

  Instant salesEnd() {
    return salesCloseAt == null ? startsAt : salesCloseAt;
  }

  ConcertRow with(ConcertChange change) {
    return new ConcertRow(
        id,
        or(change.title(), title),
        or(change.artist(), artist),
        or(change.venue(), venue),
        or(change.startsAt(), startsAt),
        or(change.salesOpenAt(), salesOpenAt),
        or(change.salesCloseAt(), salesCloseAt),
        or(change.maxPerPurchase(), maxPerPurchase),
        createdAt,
        cancelledAt,
        version + 1);
  }

  Concert with(List<TicketType> ticketTypes) {
    return new Concert(
        id,
        title,
        artist,
        venue,
        startsAt,
        salesOpenAt,
        salesEnd(),
        maxPerPurchase,
        ticketTypes.stream().mapToInt(TicketType::available).sum(),
        ticketTypes,
        createdAt,
        cancelledAt);
  }

  private static <T> T or(T changed, T current) {
    return changed == null ? current : changed;
  }
}
