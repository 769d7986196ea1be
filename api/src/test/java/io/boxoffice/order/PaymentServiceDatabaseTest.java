package io.boxoffice.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.order.payment.NoPaymentPartner;
import io.boxoffice.order.state.OrderState;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks what each way of the payment partner to answer, or not to, does to an order. */
class PaymentServiceDatabaseTest {
  private static final TestDatabase DATABASE = TestDatabase.migrated();
  private static final Orders ORDERS = new Orders(DATABASE);
  private static final Duration LONG = Duration.ofSeconds(50);

  private final ScriptedPartner partner = new ScriptedPartner();
  private final Replica replica = new Replica(DATABASE, partner);
  private UUID id;

  @BeforeEach
  void hold() {
    id = ORDERS.hold(ORDERS.concert(4), 2, Duration.ofMinutes(10));
  }

  @AfterEach
  void close() throws InterruptedException {
    assertThat(DATABASE.stockInvariantViolations()).isZero();
    replica.close();
  }

  private CompletableFuture<Order> pay(String token, Duration limit) {
    return replica.paying.pay(id, Optional.empty(), token, limit).toCompletableFuture();
  }

  private static OrderState stateOf(CompletableFuture<Order> answer) throws Exception {
    return answer.get(60, TimeUnit.SECONDS).state();
  }

  private void awaitState(String state) {
    Eventually.within(Duration.ofSeconds(30), () -> ORDERS.state(id).equals(state));
  }

  /** Waits until the first request has noted that the partner did not answer. */
  private void awaitSilenceNoted() {
    Eventually.within(
        Duration.ofSeconds(30),
        () ->
            ORDERS
                .text(
                    "SELECT next_attempt_at < now() + interval '10 seconds' FROM payments"
                        + " WHERE order_id = ?",
                    id)
                .equals("t"));
  }

  @Test
  void aPaymentAndItsRepetitions() throws Exception {
    assertThat(stateOf(pay("ok", LONG))).isEqualTo(OrderState.CONFIRMED);
    assertThat(stateOf(pay("ok", LONG))).isEqualTo(OrderState.CONFIRMED);
    assertThat(partner.timesAsked(id)).isEqualTo(1);
    assertThatThrownBy(() -> pay("declined", LONG)).isInstanceOf(ProblemException.class);
  }

  @Test
  void aDecline() throws Exception {
    assertThat(stateOf(pay("declined", LONG))).isEqualTo(OrderState.DECLINED);
    assertThat(stateOf(pay("declined", LONG))).isEqualTo(OrderState.DECLINED);
    assertThat(partner.timesAsked(id)).isEqualTo(1);
  }

  @Test
  void theOrderIsPayingBeforeThePartnerIsAsked() throws Exception {
    CompletableFuture<Order> first = pay("slow", LONG);
    assertThat(ORDERS.state(id)).isEqualTo("PAYING");
    CompletableFuture<Order> again = pay("slow", LONG);
    assertThat(first).isNotDone();
    partner.answerSlow();
    assertThat(stateOf(first)).isEqualTo(OrderState.CONFIRMED);
    assertThat(stateOf(again)).isEqualTo(OrderState.CONFIRMED);
    assertThat(partner.timesAsked(id)).isEqualTo(1);
  }

  @Test
  void aRequestAtAnotherReplicaSeesTheAnswerByItsPoll() throws Exception {
    assertThat(pay("slow", Duration.ZERO)).isCompleted();
    try (Replica other = new Replica(DATABASE, partner)) {
      CompletableFuture<Order> reader =
          other.service.get(id, Optional.empty(), LONG).toCompletableFuture();
      CompletableFuture<Order> payer =
          other.paying.pay(id, Optional.empty(), "slow", LONG).toCompletableFuture();
      other.waiters.poll();
      assertThat(reader).isNotDone();
      partner.answerSlow();
      awaitState("CONFIRMED");
      other.waiters.poll();
      assertThat(stateOf(reader)).isEqualTo(OrderState.CONFIRMED);
      assertThat(stateOf(payer)).isEqualTo(OrderState.CONFIRMED);
    }
    assertThat(partner.timesAsked(id)).isEqualTo(1);
  }

  @Test
  void aRequestThatDoesNotWait() throws Exception {
    assertThat(stateOf(pay("slow", Duration.ZERO))).isEqualTo(OrderState.PAYING);
    assertThat(stateOf(pay("slow", Duration.ofMillis(1)))).isEqualTo(OrderState.PAYING);
    partner.answerSlow();
    awaitState("CONFIRMED");
  }

  @Test
  void aPartnerThatWasNotAskedLeavesTheOrderHeld() throws Exception {
    assertThat(stateOf(pay("unavailable", LONG))).isEqualTo(OrderState.HELD);
    assertThat(ORDERS.state(id)).isEqualTo("HELD");
    assertThat(stateOf(pay("ok", LONG))).isEqualTo(OrderState.CONFIRMED);
  }

  @Test
  void aTokenThatThePartnerDoesNotKnow() throws Exception {
    CompletableFuture<Order> answer = pay("unheard-of", LONG);
    assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ProblemException.class);
    awaitState("HELD");
    assertThat(stateOf(pay("ok", LONG))).isEqualTo(OrderState.CONFIRMED);
  }

  @Test
  void withoutAPartnerNothingChanges() throws Exception {
    try (Replica alone = new Replica(DATABASE, new NoPaymentPartner())) {
      assertThatThrownBy(() -> alone.paying.pay(id, Optional.empty(), "ok", LONG))
          .isInstanceOf(ProblemException.class);
    }
    assertThat(ORDERS.state(id)).isEqualTo("HELD");
    assertThat(ORDERS.history(id)).isEmpty();
  }

  @Test
  void aLostAnswerIsFoundByTheReconciler() throws Exception {
    CompletableFuture<Order> answer = pay("lost", LONG);
    awaitSilenceNoted();
    assertThat(ORDERS.state(id)).isEqualTo("PAYING");
    ORDERS.makeDue(id);
    replica.reconciler.run();
    assertThat(stateOf(answer)).isEqualTo(OrderState.CONFIRMED);
    assertThat(partner.hasMoney(id)).isTrue();
  }

  @Test
  void theReconcilerAsksAgainAfterPausesThatGrow() {
    assertThat(pay("silent", Duration.ZERO)).isCompleted();
    awaitSilenceNoted();
    for (int attempt = 2; attempt <= 4; attempt++) {
      ORDERS.makeDue(id);
      replica.reconciler.run();
      assertThat(
              ORDERS.text(
                  "SELECT attempts || ' ' || round(extract(epoch FROM next_attempt_at - now()) /"
                      + " 2 ^ attempts) FROM payments WHERE order_id = ?",
                  id))
          .isEqualTo(attempt + " 1");
    }
    assertThat(partner.timesAsked(id)).isEqualTo(4);
    assertThat(ORDERS.state(id)).isEqualTo("PAYING");
  }

  @Test
  void anExpiredPaymentThatSucceededIsRefundedUntilThePartnerHasDoneIt() {
    assertThat(pay("slow", Duration.ZERO)).isCompleted();
    ORDERS.age(id, Duration.ofHours(1));
    replica.sweeper.run();
    Orders.Type type =
        new Orders.Type(
            UUID.fromString(ORDERS.text("SELECT concert_id FROM orders WHERE id = ?", id)),
            UUID.fromString(ORDERS.text("SELECT ticket_type_id FROM orders WHERE id = ?", id)));
    ORDERS.hold(type, 4, Duration.ofMinutes(10));
    partner.answerSlow();
    awaitState("REFUNDING");
    assertThat(partner.hasMoney(id)).isTrue();

    partner.setAway(true);
    replica.reconciler.run();
    assertThat(ORDERS.state(id)).isEqualTo("REFUNDING");
    partner.setAway(false);
    ORDERS.makeDue(id);
    replica.reconciler.run();
    awaitState("REFUNDED");
    assertThat(partner.hasMoney(id)).isFalse();
  }
}
