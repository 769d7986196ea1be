package io.boxoffice.app;

import io.boxoffice.order.payment.Charge;
import io.boxoffice.order.payment.callback.ChargeListener;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;

/** Answers callbacks in a shop without orders: each is about an order that does not exist. */
final class NoOrders implements ChargeListener {
  @Override
  public void charged(Charge charge) {
    throw unknown();
  }

  @Override
  public void refunded(Charge charge) {
    throw unknown();
  }

  private static ProblemException unknown() {
    return ProblemException.of(ProblemCode.NOT_FOUND, "There is no such order.");
  }
}
