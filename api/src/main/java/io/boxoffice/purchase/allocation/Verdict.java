package io.boxoffice.purchase.allocation;

import java.time.Instant;

/**
 * States the result of a request to buy. The desk sends it only after the commit, or when nothing
 * was written.
 */
public sealed interface Verdict {

  /** The kinds of results that the metrics count. */
  enum Outcome {
    SOLD,
    HELD,
    REPLAYED,
    SOLD_OUT,
    SALES_NOT_OPEN,
    SALES_CLOSED,
    KEY_REUSED,
    INVALID
  }

  /** Returns the kind of this result. */
  Outcome outcome();

  /** The buyer has the tickets. */
  record Sold(Purchase purchase) implements Verdict {
    @Override
    public Outcome outcome() {
      return Outcome.SOLD;
    }
  }

  /** The request repeats an earlier purchase under the same key, and gets that purchase. */
  record Replayed(Purchase purchase) implements Verdict {
    @Override
    public Outcome outcome() {
      return Outcome.REPLAYED;
    }
  }

  /** An order holds the tickets. */
  record Held(Hold hold) implements Verdict {
    @Override
    public Outcome outcome() {
      return Outcome.HELD;
    }
  }

  /** The request repeats an earlier order under the same key, whatever became of it. */
  record HeldBefore(Hold hold) implements Verdict {
    @Override
    public Outcome outcome() {
      return Outcome.REPLAYED;
    }
  }

  /** The request was rejected, and nothing was written. Most reasons are errors of the request. */
  sealed interface Rejected extends Verdict {
    @Override
    default Outcome outcome() {
      return Outcome.INVALID;
    }
  }

  /** Fewer tickets are left than the request asks for. */
  record SoldOut(int available) implements Rejected {
    @Override
    public Outcome outcome() {
      return Outcome.SOLD_OUT;
    }
  }

  /** The request arrived before sales opened. */
  record SalesNotOpen(Instant salesOpenAt) implements Rejected {
    @Override
    public Outcome outcome() {
      return Outcome.SALES_NOT_OPEN;
    }
  }

  /** The request arrived when sales had closed. */
  record SalesClosed(Instant salesCloseAt) implements Rejected {
    @Override
    public Outcome outcome() {
      return Outcome.SALES_CLOSED;
    }
  }

  /** The concert was cancelled, which also closed its sales. */
  record ConcertCancelled(Instant cancelledAt) implements Rejected {
    @Override
    public Outcome outcome() {
      return Outcome.SALES_CLOSED;
    }
  }

  /** Another site sells the concert. */
  record SoldElsewhere() implements Rejected {}

  /** The key belongs to an earlier purchase with other content. */
  record KeyReused() implements Rejected {
    @Override
    public Outcome outcome() {
      return Outcome.KEY_REUSED;
    }
  }

  /** The request asks for more tickets than the concert allows in one purchase. */
  record TooMany(int maxPerPurchase) implements Rejected {}

  /** There is no such concert. */
  record UnknownConcert() implements Rejected {}

  /** The concert has no such ticket type. */
  record UnknownTicketType() implements Rejected {}

  /** The concert has several ticket types and the request names none. */
  record TicketTypeNeeded() implements Rejected {}
}
