package io.boxoffice.order;

import io.boxoffice.order.payment.Charge;
import io.boxoffice.order.payment.callback.ChargeListener;

/** Gives what callbacks report to the orders that they are about. */
final class PartnerReports implements ChargeListener {
  private final OrderPayments payments;

  PartnerReports(OrderPayments payments) {
    this.payments = payments;
  }

  @Override
  public void charged(Charge charge) {
    require(payments.accept(charge));
  }

  @Override
  public void refunded(Charge charge) {
    require(payments.refunded(charge.orderId()));
  }

  private static void require(boolean known) {
    if (!known) {
      throw OrderService.notFound();
    }
  }
}
