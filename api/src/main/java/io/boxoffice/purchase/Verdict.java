package io.boxoffice.purchase;

import java.time.Instant;

/**
 * States the result of a request to buy. The desk sends it only after the commit, or when nothing
 * was written.
 */
public sealed interface Verdict {

  /** The buyer has the tickets. */
  record Sold(Purchase purchase) implements Verdict {}

  /** The request repeats an earlier purchase under the same key, and gets that purchase. */
  record Replayed(Purchase purchase) implements Verdict {}

  /** The request was rejected, and nothing was written. */
  sealed interface Refused extends Verdict {}

  /** Fewer tickets are left than the request asks for. */
  record SoldOut(int available) implements Refused {}

  /** The request arrived before sales opened. */
  record SalesNotOpen(Instant salesOpenAt) implements Refused {}

  /** The request arrived when sales had closed. */
  record SalesClosed(Instant salesCloseAt) implements Refused {}

  /** The request asks for more tickets than the concert allows in one purchase. */
  record TooMany(int maxPerPurchase) implements Refused {}

  /** The key belongs to an earlier purchase with other content. */
  record KeyReused() implements Refused {}

  /** There is no such concert. */
  record UnknownConcert() implements Refused {}

  /** The concert has no such ticket type. */
  record UnknownTicketType() implements Refused {}

  /** The concert has several ticket types and the request names none. */
  record TicketTypeNeeded() implements Refused {}
}
