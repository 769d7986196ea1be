package io.boxoffice.order;

import io.boxoffice.order.state.OrderState;
import io.boxoffice.purchase.SaleProblems;
import io.boxoffice.purchase.allocation.Hold;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.purchase.desk.SalesDesk;
import java.util.concurrent.CompletionStage;

/** Holds tickets at the sales desk, in the same batches as purchases. */
final class DeskHolds implements Holds {
  private final SalesDesk desk;

  DeskHolds(SalesDesk desk) {
    this.desk = desk;
  }

  @Override
  public CompletionStage<Held> hold(Request request) {
    return desk.submit(
            new PurchaseRequest(
                request.concertId(),
                request.ticketTypeId(),
                request.email(),
                request.quantity(),
                request.key(),
                request.arrivedAt(),
                request.accountId(),
                request.length()))
        .thenApply(DeskHolds::held);
  }

  private static Held held(Verdict verdict) {
    if (verdict instanceof Verdict.Held held) {
      return new Held(order(held.hold()), false);
    }
    if (verdict instanceof Verdict.HeldBefore before) {
      return new Held(order(before.hold()), true);
    }
    throw SaleProblems.of((Verdict.Rejected) verdict);
  }

  private static Order order(Hold hold) {
    return new Order(
        hold.id(),
        hold.concertId(),
        hold.ticketTypeId(),
        hold.email(),
        hold.quantity(),
        hold.total(),
        OrderState.HELD,
        hold.createdAt(),
        hold.expiresAt(),
        hold.createdAt(),
        hold.accountId(),
        null,
        null);
  }
}
