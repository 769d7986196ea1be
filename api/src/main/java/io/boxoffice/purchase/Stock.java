package io.boxoffice.purchase;

import java.time.Instant;
import java.util.UUID;

/**
 * What a decision needs to know of a ticket type, read under its row's lock or remembered.
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

  boolean isSoldOut() {
    return available == 0;
  }

  Stock without(int sold) {
    return withAvailable(available - sold);
  }

  Stock withAvailable(int left) {
    return new Stock(
        ticketTypeId,
        concertId,
        left,
        maxPerPurchase,
        salesOpenAt,
        salesCloseAt,
        priceAmount,
        priceCurrency);
  }
}
