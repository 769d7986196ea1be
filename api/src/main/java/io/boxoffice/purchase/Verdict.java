package io.boxoffice.purchase;

import java.time.Instant;

/** What became of a request to buy. Told only when it is committed, or when nothing was written. */
public sealed interface Verdict {

  /** The tickets are the buyer's. */
  record Sold(Purchase purchase) implements Verdict {}

  /** They already were: this key's purchase, once more. */
  record Replayed(Purchase purchase) implements Verdict {}

  /** Nothing was written. */
  sealed interface Refused extends Verdict {}

  /** Fewer tickets are left than were asked for. */
  record SoldOut(int available) implements Refused {}

  /** Too early. */
  record SalesNotOpen(Instant salesOpenAt) implements Refused {}

  /** Too late. */
  record SalesClosed(Instant salesCloseAt) implements Refused {}

  /** More than the concert allows in one purchase. */
  record TooMany(int maxPerPurchase) implements Refused {}

  /** The key's purchase was another one. */
  record KeyReused() implements Refused {}

  /** There is no such concert. */
  record UnknownConcert() implements Refused {}

  /** The concert has no such ticket type. */
  record UnknownTicketType() implements Refused {}

  /** The concert has several ticket types and the buyer named none. */
  record TicketTypeNeeded() implements Refused {}
}
