package io.boxoffice.purchase.allocation;

import java.time.Instant;
import java.util.UUID;

/**
 * Holds what a decision needs to know of a ticket type. The values are read under the lock of the
 * type's row, or remembered from an earlier batch.
 *
 * @param salesCloseAt the first instant at which sales are closed
 * @param cancelledAt when the concert was cancelled; null unless it was
 * @param epoch counts the moves of the concert between sites
 * @param soldHere whether this site sells the concert
 */
public record Stock(
    UUID ticketTypeId,
    UUID concertId,
    int available,
    int maxPerPurchase,
    Instant salesOpenAt,
    Instant salesCloseAt,
    long priceAmount,
    String priceCurrency,
    Instant cancelledAt,
    long epoch,
    boolean soldHere) {

  /** Whether no ticket is left. */
  public boolean isSoldOut() {
    return available == 0;
  }

  /** Returns this stock with another number of tickets left. */
  public Stock withAvailable(int left) {
    return new Stock(
        ticketTypeId,
        concertId,
        left,
        maxPerPurchase,
        salesOpenAt,
        salesCloseAt,
        priceAmount,
        priceCurrency,
        cancelledAt,
        epoch,
        soldHere);
  }
}
