package io.boxoffice.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.partner.Communication;
import io.boxoffice.purchase.PurchaseModule;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that a payment has the same answers in each way of communication, and what differs. */
class PaymentWaysApplicationTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ScriptedPartner partner = new ScriptedPartner();
  private final TestDatabase database = TestDatabase.migrated();
  private final Orders orders = new Orders(database);
  private final UUID id = orders.hold(orders.concert(4), 2, Duration.ofMinutes(10));
  private final TestApplication application =
      TestApplication.on(
              database,
              new BoxOfficeApplication(
                  UnaryOperator.identity(), PurchaseModule::openDesk, shipped -> partner))
          .signing();

  private boolean started;

  private void start(Communication communication) throws Exception {
    application.with("communication", communication.name().toLowerCase(Locale.ROOT));
    application.start();
    started = true;
  }

  @AfterEach
  void stop() {
    if (started) {
      application.stop();
    }
  }

  private CompletableFuture<Answer> pay(String token, String... headers) {
    return application
        .client()
        .sendAsync(
            "POST",
            "/v1/orders/%s/payment".formatted(id),
            "{\"token\": \"%s\"}".formatted(token),
            headers);
  }

  private static boolean aRequestHoldsItsThread() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(
            frame ->
                frame.getClassName().equals(Communication.class.getName())
                    && frame.getMethodName().equals("hold"));
  }

  @ParameterizedTest
  @EnumSource
  void theAnswersAreTheSame(Communication communication) throws Exception {
    start(communication);
    Answer unknown = pay("no token of the partner").join();
    assertThat(unknown.status()).as(unknown.raw().body()).isEqualTo(422);
    assertThat(pay("unavailable").join().text("code")).isEqualTo("payment-unavailable");
    assertThat(orders.state(id)).isEqualTo("HELD");
    assertThat(pay("slow", "Prefer", "wait=1").join().status()).isEqualTo(202);
    Eventually.within(LIMIT, () -> partner.timesAsked(id) == 3);
    CompletableFuture<Answer> second = pay("slow");
    partner.answerSlow();
    assertThat(second.join().text("state")).isEqualTo("CONFIRMED");
    assertThat(pay("slow").join().status()).isEqualTo(200);
    assertThat(partner.timesAsked(id)).isEqualTo(3);
    UUID other = orders.hold(orders.concert(1), 1, Duration.ofMinutes(10));
    Answer declined =
        application
            .client()
            .post("/v1/orders/%s/payment".formatted(other), "{\"token\": \"declined\"}");
    assertThat(declined.status()).isEqualTo(402);
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheBlockingWayHoldsAThread(Communication communication) throws Exception {
    start(communication);
    CompletableFuture<Answer> paying = pay("slow");
    Eventually.within(LIMIT, () -> partner.timesAsked(id) == 1);
    if (communication == Communication.BLOCKING) {
      Eventually.within(LIMIT, PaymentWaysApplicationTest::aRequestHoldsItsThread);
    } else {
      assertThat(aRequestHoldsItsThread()).isFalse();
    }
    partner.answerSlow();
    assertThat(paying.join().status()).isEqualTo(200);
  }

  /** As after a SIGKILL between the commit of the order and the call to the partner. */
  private void payWithoutACall() throws InterruptedException {
    try (Replica killed = new Replica(database, partner, Communication.EVENTS)) {
      killed.pay(id, "ok");
    }
    assertThat(orders.state(id)).isEqualTo("PAYING");
    assertThat(partner.timesAsked(id)).isZero();
  }

  @Test
  void anotherReplicaChargesWhatAKilledOneHasNot() throws Exception {
    payWithoutACall();
    start(Communication.EVENTS);
    Eventually.within(LIMIT, () -> orders.state(id).equals("CONFIRMED"));
    assertThat(partner.timesAsked(id)).isEqualTo(1);
  }

  @Test
  void withoutEventsOnlyTheReconcilerAsksAgain() throws Exception {
    payWithoutACall();
    start(Communication.NONBLOCKING);
    application.awaitReady();
    Eventually.within(
        LIMIT,
        () ->
            database
                .jdbi()
                .withHandle(
                    handle ->
                        handle
                            .createQuery("SELECT count(*) = 0 FROM outbox")
                            .mapTo(Boolean.class)
                            .one()));
    assertThat(orders.state(id)).isEqualTo("PAYING");
    orders.makeDue(id);
    Eventually.within(LIMIT, () -> orders.state(id).equals("CONFIRMED"));
  }
}
