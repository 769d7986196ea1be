package io.boxoffice.order.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestPartner;
import io.dropwizard.util.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks when the breaker opens, that it sends nothing then, and that it closes again. */
class PaymentBreakerTest {
  private static final int CALLS = 10;
  private static final Duration NEVER = Duration.minutes(5);

  private final TestPartner partner = TestPartner.start();

  @AfterEach
  void stop() {
    partner.close();
  }

  private Partners shop(Duration slowAfter, Duration pause) {
    return new Partners(
        Partners.settings(
            partner.url(),
            Duration.seconds(30),
            2000,
            new BreakerSettings(Duration.minutes(5), CALLS, 50, slowAfter, 80, pause, 2)));
  }

  private static void fail(Partners shop, int calls) {
    for (int i = 0; i < calls; i++) {
      assertThat(Partners.failureOf(shop.charge())).isInstanceOf(PaymentUnknownException.class);
    }
  }

  private static int state(Partners shop) {
    return shop.gauge("payments.breaker");
  }

  @Test
  void anOpenBreakerSendsNothing() {
    try (Partners shop = shop(NEVER, NEVER)) {
      partner.answers(TestPartner.status(500, ""));
      fail(shop, CALLS - 1);
      assertThat(state(shop)).as("too few calls").isZero();
      fail(shop, 1);
      assertThat(state(shop)).isOne();

      assertThat(Partners.failureOf(shop.charge())).isInstanceOf(PaymentUnavailableException.class);
      assertThat(Partners.failureOf(shop.client().refund(UUID.randomUUID(), "ch_1")))
          .isInstanceOf(PaymentUnavailableException.class);
      assertThat(partner.received()).hasSize(CALLS);
      assertThat(shop.count("charge", PaymentOutcome.BREAKER_OPEN)).isOne();
      assertThat(shop.count("refund", PaymentOutcome.BREAKER_OPEN)).isOne();
      assertThat(shop.gauge("payments.in-flight.now")).isZero();
    }
  }

  @Test
  void answersThatAreNotTheFaultOfThePartnerDoNotOpenIt() {
    try (Partners shop = shop(NEVER, NEVER)) {
      partner.answers(TestPartner.status(409, "{}"));
      fail(shop, CALLS);
      partner.answers(TestPartner.declined("card-declined"));
      for (int i = 0; i < CALLS; i++) {
        shop.charge().toCompletableFuture().join();
      }
      partner.answers(TestPartner.status(422, "{\"code\": \"unknown-token\"}"));
      for (int i = 0; i < CALLS; i++) {
        Partners.failureOf(shop.charge());
      }
      assertThat(state(shop)).isZero();
    }
  }

  @Test
  void readingsOfTheLedgerObeyTheBreakerAndDoNotCount() {
    try (Partners shop = shop(NEVER, NEVER)) {
      partner.answers(TestPartner.status(500, ""));
      for (int i = 0; i < CALLS; i++) {
        failLedger(shop, PaymentUnknownException.class);
      }
      assertThat(state(shop)).as("failed readings").isZero();

      // Readings that succeed do not hide that charges fail.
      fail(shop, CALLS - 1);
      partner.answers(TestPartner.status(200, "{\"items\": [], \"next\": null}"));
      for (int i = 0; i < 2 * CALLS; i++) {
        shop.client().ledger(PartnerLedger.Query.since(null, null)).toCompletableFuture().join();
      }
      partner.answers(TestPartner.status(500, ""));
      fail(shop, 1);
      assertThat(state(shop)).isOne();

      failLedger(shop, PaymentUnavailableException.class);
      assertThat(shop.count("ledger", PaymentOutcome.BREAKER_OPEN)).isOne();
      assertThat(shop.gauge("payments.in-flight.now")).isZero();
    }
  }

  private static void failLedger(Partners shop, Class<? extends Throwable> failure) {
    assertThat(Partners.failureOf(shop.client().ledger(PartnerLedger.Query.since(null, null))))
        .isInstanceOf(failure);
  }

  @Test
  void slowCallsOpenItToo() {
    try (Partners shop = shop(Duration.milliseconds(10), NEVER)) {
      partner.answers(TestPartner.charged().after(java.time.Duration.ofMillis(50)));
      for (int i = 0; i < CALLS; i++) {
        shop.charge().toCompletableFuture().join();
      }
      assertThat(state(shop)).isOne();
    }
  }

  @Test
  void aPartnerThatWorksAgainClosesIt() {
    try (Partners shop = shop(NEVER, Duration.milliseconds(100))) {
      partner.answers(TestPartner.status(500, ""));
      fail(shop, CALLS);
      partner.answers(TestPartner.charged());
      Eventually.within(
          java.time.Duration.ofSeconds(20),
          () ->
              shop.charge()
                  .handle((charge, failure) -> failure == null)
                  .toCompletableFuture()
                  .join());
      assertThat(state(shop)).as("half open after one of two trials").isEqualTo(2);

      shop.charge().toCompletableFuture().join();
      assertThat(state(shop)).isZero();
    }
  }

  @Test
  void aPartnerThatStillFailsOpensItAgain() {
    try (Partners shop = shop(NEVER, Duration.milliseconds(100))) {
      partner.answers(TestPartner.status(500, ""));
      fail(shop, CALLS);
      Eventually.within(
          java.time.Duration.ofSeconds(20),
          () -> {
            Partners.failureOf(shop.charge());
            return partner.received().size() == CALLS + 2;
          });
      assertThat(state(shop)).isOne();
    }
  }
}
