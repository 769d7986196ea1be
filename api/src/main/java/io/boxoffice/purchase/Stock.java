package io.boxoffice.purchase;

import java.time.Instant;
import java.util.UUID;

/**
 * What a decision needs to know of a ticket type, read under its row's lock.
 *
 * @param salesCloseAt the first instant at which nothing is sold any more
 */
public record Stock(
    UUID ticketTypeId,
    UUID concertId,
    int available,
    int maxPerPurchase,
    Instant salesOpenAt,
    Instant salesCloseAt,
    long priceAmount,
    String priceCurrency) {

  Stock without(int sold) {
    return new Stock(
        ticketTypeId,
        concertId,
        available - sold,
        maxPerPurchase,
        salesOpenAt,
        salesCloseAt,
        priceAmount,
        priceCurrency);
  }
}
