package io.boxoffice.order.ledger;

import io.boxoffice.concert.Price;
import io.boxoffice.order.ledger.Difference.Kind;
import io.boxoffice.order.payment.PartnerLedger.Entry;
import io.boxoffice.order.state.OrderState;
import java.util.Optional;

/** Decides whether an order and the partner's ledger agree. */
final class LedgerRules {
  private LedgerRules() {}

  /**
   * Compares a charge with its order.
   *
   * @param order null if the shop has no such order
   */
  static Optional<Difference> compare(Entry entry, OrderMoney order) {
    if (!entry.succeeded()) {
      return Optional.empty();
    }
    if (order == null) {
      return whileKept(entry, Kind.UNKNOWN_ORDER);
    }
    return switch (order.state()) {
      case HELD, PAYING, DECLINED, EXPIRED, CANCELLED -> whileKept(entry, Kind.UNCONFIRMED_CHARGE);
      case CONFIRMED, REFUNDING, REFUNDED ->
          entry.id().equals(order.chargeId())
              ? compareOwn(entry, order)
              : whileKept(entry, Kind.SECOND_CHARGE);
    };
  }

  /** Compares an order with its own charge. */
  private static Optional<Difference> compareOwn(Entry entry, OrderMoney order) {
    boolean confirmed = order.state() == OrderState.CONFIRMED;
    if (order.state() == OrderState.REFUNDED) {
      return whileKept(entry, Kind.REFUND_MISSING);
    }
    if (confirmed && entry.refunded()) {
      return Optional.of(
          new Difference(Kind.UNEXPECTED_REFUND, order.orderId(), entry.id(), order.price(), null));
    }
    return money(entry).equals(order.price())
        ? Optional.empty()
        : Optional.of(
            new Difference(
                Kind.OTHER_AMOUNT, order.orderId(), entry.id(), order.price(), money(entry)));
  }

  /** Reports an order whose charge is not in the ledger. */
  static Difference chargeMissing(OrderMoney order) {
    return new Difference(
        Kind.CHARGE_MISSING,
        order.orderId(),
        order.chargeId() == null ? "" : order.chargeId(),
        order.state() == OrderState.REFUNDED ? null : order.price(),
        null);
  }

  /** Money that the partner has returned, or never got, is no difference. */
  private static Optional<Difference> whileKept(Entry entry, Kind kind) {
    return entry.isKept()
        ? Optional.of(new Difference(kind, entry.orderId(), entry.id(), null, money(entry)))
        : Optional.empty();
  }

  private static Price money(Entry entry) {
    return new Price(entry.amount(), entry.currency());
  }
}
