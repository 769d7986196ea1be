package io.boxoffice.order;

import io.boxoffice.order.payment.Charge;
import io.boxoffice.order.payment.callback.ChargeListener;
import io.boxoffice.order.state.OrderEvent;
import io.boxoffice.order.state.OrderState;
import io.boxoffice.order.store.Happening;
import io.boxoffice.order.store.OrderTransactions.Result;
import java.util.Optional;
import java.util.UUID;

/**
 * Receives what the payment partner says, whoever heard it: the request that paid, a callback, or
 * the reconciler. Each report may come in any order and any number of times.
 */
public final class OrderPayments implements ChargeListener {
  private final OrderEvents events;

  OrderPayments(OrderEvents events) {
    this.events = events;
  }

  @Override
  public void charged(Charge charge) {
    require(accept(charge));
  }

  @Override
  public void refunded(Charge charge) {
    require(refunded(charge.orderId()));
  }

  private static void require(boolean known) {
    if (!known) {
      throw OrderService.notFound();
    }
  }

  /**
   * Notes the partner's charge or decline, and its refund if there was one.
   *
   * @return whether there is such an order
   */
  public boolean accept(Charge charge) {
    if (charge.status() == Charge.Status.DECLINED) {
      return chargeDeclined(charge.orderId(), charge.id(), charge.declineReason());
    }
    Optional<Result> result = succeed(charge.orderId(), charge.id());
    if (charge.refunded()
        && result.filter(done -> done.order().state() == OrderState.REFUNDING).isPresent()) {
      refunded(charge.orderId());
    }
    return result.isPresent();
  }

  /**
   * Notes that the partner has the money of an order.
   *
   * @return whether there is such an order
   */
  public boolean chargeSucceeded(UUID orderId, String chargeId) {
    return succeed(orderId, chargeId).isPresent();
  }

  private Optional<Result> succeed(UUID orderId, String chargeId) {
    return events.apply(orderId, Happening.chargeSucceeded(chargeId));
  }

  /**
   * Notes that the partner declined the payment of an order.
   *
   * @param reason null if the partner gives none
   * @return whether there is such an order
   */
  public boolean chargeDeclined(UUID orderId, String chargeId, String reason) {
    return events.apply(orderId, Happening.chargeDeclined(chargeId, reason)).isPresent();
  }

  /**
   * Notes that the partner returned the money of an order.
   *
   * @return whether there is such an order
   */
  public boolean refunded(UUID orderId) {
    return events.apply(orderId, Happening.of(OrderEvent.REFUNDED)).isPresent();
  }
}
