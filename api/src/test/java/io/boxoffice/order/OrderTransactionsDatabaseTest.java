package io.boxoffice.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.order.payment.Charge;
import io.boxoffice.order.state.OrderEvent;
import io.boxoffice.order.store.Happening;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks what each event writes: order, payment, history, stock and purchase. */
class OrderTransactionsDatabaseTest {
  private static final TestDatabase DATABASE = TestDatabase.migrated();
  private static final Replica REPLICA = new Replica(DATABASE, new ScriptedPartner());
  private static final Orders ORDERS = new Orders(DATABASE);

  private Orders.Type type;
  private UUID id;

  @BeforeEach
  void holdTwoOfFour() {
    type = ORDERS.concert(4);
    id = ORDERS.hold(type, 2, Duration.ofMinutes(10));
  }

  @AfterEach
  void theStockIsRight() {
    assertThat(DATABASE.stockInvariantViolations()).isZero();
  }

  @AfterAll
  static void close() throws InterruptedException {
    REPLICA.close();
  }

  private void pay() {
    REPLICA.events.apply(id, Happening.pay("secret"));
    assertThat(ORDERS.state(id)).isEqualTo("PAYING");
  }

  private void expire() {
    ORDERS.age(id, Duration.ofHours(1));
    REPLICA.sweeper.run();
    assertThat(ORDERS.state(id)).isEqualTo("EXPIRED");
  }

  @Test
  void aChargeConfirmsTheOrderAndWritesThePurchase() {
    pay();
    assertThat(ORDERS.text("SELECT token FROM payments WHERE order_id = ?", id))
        .isEqualTo("secret");
    for (int i = 0; i < 2; i++) {
      assertThat(REPLICA.payments.chargeSucceeded(id, "charge-1")).isTrue();
    }

    assertThat(ORDERS.state(id)).isEqualTo("CONFIRMED");
    assertThat(ORDERS.available(type)).isEqualTo(2);
    assertThat(ORDERS.text("SELECT status || ' ' || paid FROM purchases WHERE id = ?", id))
        .isEqualTo("CONFIRMED true");
    assertThat(
            ORDERS.text(
                "SELECT count(*) FROM tickets k JOIN orders o ON o.id = k.purchase_id"
                    + " WHERE k.purchase_id = ? AND k.concert_id = o.concert_id",
                id))
        .isEqualTo("2");
    assertThat(
            ORDERS.text(
                "SELECT state || ' ' || charge_id || ' ' || (token IS NULL)"
                    + " FROM payments WHERE order_id = ?",
                id))
        .isEqualTo("SUCCEEDED charge-1 true");
    assertThat(ORDERS.history(id))
        .containsExactly("PAY HELD PAYING", "CHARGE_SUCCEEDED PAYING CONFIRMED");
    assertThat(REPLICA.service.get(id, Optional.empty()).purchaseId()).isEqualTo(id);
  }

  @Test
  void aDeclineReturnsTheStockAndErasesTheToken() {
    pay();
    REPLICA.payments.chargeDeclined(id, "charge-1", "card-declined");

    Order order = REPLICA.service.get(id, Optional.empty());
    assertThat(order.state()).hasToString("DECLINED");
    assertThat(order.declineReason()).isEqualTo("card-declined");
    assertThat(order.purchaseId()).isNull();
    assertThat(ORDERS.available(type)).isEqualTo(4);
    assertThat(ORDERS.text("SELECT token IS NULL FROM payments WHERE order_id = ?", id))
        .isEqualTo("t");
  }

  @Test
  void aChargeAfterExpiryTakesTheStockAgain() {
    pay();
    expire();
    assertThat(ORDERS.available(type)).isEqualTo(4);

    REPLICA.payments.chargeSucceeded(id, "charge-1");
    assertThat(ORDERS.state(id)).isEqualTo("CONFIRMED");
    assertThat(ORDERS.available(type)).isEqualTo(2);
  }

  @Test
  void aChargeAfterExpiryWithoutStockIsRefunded() {
    pay();
    expire();
    ORDERS.hold(type, 3, Duration.ofMinutes(10));

    REPLICA.payments.chargeSucceeded(id, "charge-1");
    assertThat(ORDERS.state(id)).isEqualTo("REFUNDING");
    assertThat(REPLICA.service.get(id, Optional.empty()).purchaseId()).isNull();
    assertThat(ORDERS.text("SELECT next_attempt_at <= now() FROM payments WHERE order_id = ?", id))
        .isEqualTo("t");
    REPLICA.payments.refunded(id);
    assertThat(ORDERS.state(id)).isEqualTo("REFUNDED");
    assertThat(ORDERS.text("SELECT next_attempt_at IS NULL FROM payments WHERE order_id = ?", id))
        .isEqualTo("t");
  }

  @Test
  void aDeclineAfterExpiryClosesThePayment() {
    pay();
    expire();
    REPLICA.payments.chargeDeclined(id, "charge-1", null);
    assertThat(ORDERS.state(id)).isEqualTo("EXPIRED");
    assertThat(ORDERS.text("SELECT state FROM payments WHERE order_id = ?", id))
        .isEqualTo("DECLINED");
    assertThat(ORDERS.available(type)).isEqualTo(4);
  }

  /** A partner that charges what it was not asked for must give the money back. */
  @Test
  void aChargeWithoutAPaymentIsNoted() {
    REPLICA.service.cancel(id, Optional.empty());
    ORDERS.hold(type, 4, Duration.ofMinutes(10));
    REPLICA.payments.chargeSucceeded(id, "charge-1");
    assertThat(ORDERS.state(id)).isEqualTo("REFUNDING");
    assertThat(ORDERS.text("SELECT charge_id FROM payments WHERE order_id = ?", id))
        .isEqualTo("charge-1");
  }

  @Test
  void aRefundCancelsThePurchaseOnce() {
    pay();
    REPLICA.payments.chargeSucceeded(id, "charge-1");
    for (int i = 0; i < 2; i++) {
      assertThat(REPLICA.service.refund(id).state()).hasToString("REFUNDING");
    }
    assertThat(ORDERS.available(type)).isEqualTo(4);
    assertThat(ORDERS.text("SELECT status FROM purchases WHERE id = ?", id)).isEqualTo("CANCELLED");
    assertThat(REPLICA.service.get(id, Optional.empty()).purchaseId()).isEqualTo(id);
  }

  @Test
  void aChargeThatThePartnerRefundedItselfEndsTheRefund() {
    pay();
    REPLICA.payments.chargeSucceeded(id, "charge-1");
    REPLICA.service.refund(id);
    REPLICA.payments.accept(new Charge("charge-1", id, Charge.Status.SUCCEEDED, null, true));
    assertThat(ORDERS.state(id)).isEqualTo("REFUNDED");
  }

  @Test
  void aPaymentThatWasNotSentCanBeMadeAgain() {
    pay();
    REPLICA.events.apply(id, Happening.chargeNotMade("secret", false));
    assertThat(ORDERS.state(id)).isEqualTo("HELD");
    assertThat(ORDERS.available(type)).isEqualTo(2);
    pay();
  }

  @Test
  void aPaymentThatTheReconcilerAsksAboutIsNotDropped() {
    pay();
    ORDERS.text("UPDATE payments SET attempts = 2 WHERE order_id = ? RETURNING attempts", id);
    REPLICA.events.apply(id, Happening.chargeNotMade("secret", false));
    assertThat(ORDERS.state(id)).isEqualTo("PAYING");
    REPLICA.events.apply(id, Happening.chargeNotMade("secret", true));
    assertThat(ORDERS.state(id)).isEqualTo("HELD");
  }

  /**
   * Two calls can be in flight for one payment, and both are refused; the buyer pays in between.
   */
  @Test
  void aLateRefusalOfAnEarlierTokenDoesNotDropThePayment() {
    REPLICA.events.apply(id, Happening.pay("unknown"));
    REPLICA.events.apply(id, Happening.chargeNotMade("unknown", true));
    assertThat(ORDERS.state(id)).isEqualTo("HELD");
    pay();
    REPLICA.events.apply(id, Happening.chargeNotMade("unknown", true));
    assertThat(ORDERS.state(id)).isEqualTo("PAYING");
    REPLICA.payments.chargeSucceeded(id, "charge-1");
    assertThat(ORDERS.state(id)).isEqualTo("CONFIRMED");
  }

  @Test
  void aCancellationReturnsTheStockOnce() {
    for (int i = 0; i < 2; i++) {
      assertThat(REPLICA.service.cancel(id, Optional.empty()).state()).hasToString("CANCELLED");
    }
    assertThat(ORDERS.available(type)).isEqualTo(4);
    assertThat(ORDERS.history(id)).containsExactly("CANCEL HELD CANCELLED");
  }

  @Test
  void anotherTokenIsRefusedWhileTheFirstIsCharged() {
    pay();
    assertThat(OrderService.accepted(REPLICA.events.apply(id, Happening.pay("secret")).get()))
        .isNotNull();
    var other = REPLICA.events.apply(id, Happening.pay("other")).get();
    assertThatThrownBy(() -> OrderService.accepted(other))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problem().code())
                    .isEqualTo(ProblemCode.PAYMENT_IN_PROGRESS.code()));
  }

  @Test
  void anExpiredHoldCannotBePaidBeforeTheSweeperSeesIt() {
    ORDERS.age(id, Duration.ofHours(1));
    var late = REPLICA.events.apply(id, Happening.pay("secret")).get();
    assertThatThrownBy(() -> OrderService.accepted(late)).isInstanceOf(ProblemException.class);
    assertThat(ORDERS.state(id)).isEqualTo("HELD");
  }

  @Test
  void anUnknownOrderIsNotFound() {
    assertThat(REPLICA.events.apply(UUID.randomUUID(), Happening.of(OrderEvent.CANCEL))).isEmpty();
    assertThat(REPLICA.payments.refunded(UUID.randomUUID())).isFalse();
  }
}
