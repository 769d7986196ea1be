package io.boxoffice.purchase;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.purchase.allocation.Verdict;
import java.util.Map;

/** Turns what the sales desk rejects into problems, for purchases and orders. */
public final class SaleProblems {
  private SaleProblems() {}

  /** Returns the problem for the client. */
  public static ProblemException of(Verdict.Rejected rejected) {
    if (rejected instanceof Verdict.SoldOut soldOut) {
      return ProblemException.of(
          ProblemCode.SOLD_OUT,
          soldOut.available() == 0
              ? "No ticket of this type is left."
              : "Tickets left of this type: %d.".formatted(soldOut.available()),
          Map.of("available", soldOut.available()));
    }
    if (rejected instanceof Verdict.SalesNotOpen notOpen) {
      return ProblemException.of(
          ProblemCode.SALES_NOT_OPEN,
          "Sales open at " + notOpen.salesOpenAt() + ".",
          Map.of("salesOpenAt", notOpen.salesOpenAt()));
    }
    if (rejected instanceof Verdict.SalesClosed closed) {
      return ProblemException.of(
          ProblemCode.SALES_CLOSED,
          "Sales closed at " + closed.salesCloseAt() + ".",
          Map.of("salesCloseAt", closed.salesCloseAt()));
    }
    if (rejected instanceof Verdict.ConcertCancelled cancelled) {
      return ProblemException.of(
          ProblemCode.CONCERT_CANCELLED,
          "The concert was cancelled at " + cancelled.cancelledAt() + ".",
          Map.of("cancelledAt", cancelled.cancelledAt()));
    }
    if (rejected instanceof Verdict.SoldElsewhere) {
      return ProblemException.retryable(
          ProblemCode.HOME_UNKNOWN, "Another site sells this concert; nothing was done.", 1);
    }
    if (rejected instanceof Verdict.TooMany tooMany) {
      return ProblemException.invalid(
          "quantity", "must be at most %d for this concert".formatted(tooMany.maxPerPurchase()));
    }
    if (rejected instanceof Verdict.KeyReused) {
      return ProblemException.of(
          ProblemCode.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key was used for a request with another body.");
    }
    if (rejected instanceof Verdict.UnknownTicketType) {
      return ProblemException.invalid("ticketTypeId", "must be a ticket type of this concert");
    }
    if (rejected instanceof Verdict.TicketTypeNeeded) {
      return ProblemException.invalid(
          "ticketTypeId", "must be given, for this concert has several ticket types");
    }
    return ProblemException.of(ProblemCode.NOT_FOUND, "There is no concert with this id.");
  }
}
