package io.boxoffice.order.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.order.payment.Charge.Status;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.testing.TestPartner;
import io.boxoffice.testing.TestPartner.Received;
import io.dropwizard.util.Duration;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what the shop sends to the partner, and what each answer means. */
class HttpPaymentPartnerTest {
  private final TestPartner partner = TestPartner.start();
  private final Partners shop = new Partners(partner.url());

  @AfterEach
  void stop() {
    shop.close();
    partner.close();
  }

  @Test
  void aChargeIsSentWithTheOrderAsItsKey() throws IOException {
    ChargeRequest request = Partners.request();

    Charge charge = shop.client().charge(request).toCompletableFuture().join();

    assertThat(charge)
        .isEqualTo(
            new Charge(
                "ch-" + request.orderId(), request.orderId(), Status.SUCCEEDED, null, false));
    Received sent = partner.received().get(0);
    assertThat(sent.method() + " " + sent.path()).isEqualTo("POST /charges");
    assertThat(sent.header("Idempotency-Key")).isEqualTo(request.orderId().toString());
    assertThat(sent.header("Authorization")).isEqualTo("Bearer " + Partners.TOKEN);
    assertThat(sent.header("Content-Type")).isEqualTo("application/json");
    JsonNode body = Partners.json().readTree(sent.body());
    assertThat(body.toString())
        .isEqualTo(
            "{\"amount\":6400,\"currency\":\"EUR\",\"token\":\"tok_ok\",\"reference\":\"%s\"}"
                .formatted(request.orderId()));
    assertThat(shop.count("charge", PaymentOutcome.SUCCEEDED)).isOne();
    assertThat(
            shop.prometheus()
                .getSampleValue(
                    "payment_call_seconds_count", new String[] {"call"}, new String[] {"charge"}))
        .isEqualTo(1);
  }

  @Test
  void aDeclinedChargeHasAReason() {
    partner.answers(TestPartner.declined("insufficient-funds"));

    Charge charge = shop.charge().toCompletableFuture().join();

    assertThat(charge.status()).isEqualTo(Status.DECLINED);
    assertThat(charge.declineReason()).isEqualTo("insufficient-funds");
    assertThat(shop.count("charge", PaymentOutcome.DECLINED)).isOne();
  }

  @Test
  void aRepeatedAndRefundedChargeIsRead() {
    ChargeRequest request = Partners.request();
    partner.answers(
        TestPartner.status(
            200,
            """
            {"id": "ch_1", "reference": "%s", "amount": 6400, "currency": "EUR", "status": "SUCCEEDED",
             "refund": {"id": "re_1", "createdAt": "2026-11-01T10:00:00Z"}, "addedOneDay": {"x": [1]}}
            """
                .formatted(request.orderId())));

    assertThat(shop.client().charge(request).toCompletableFuture().join())
        .isEqualTo(new Charge("ch_1", request.orderId(), Status.SUCCEEDED, null, true));
  }

  @Test
  void aRefundIsSentWithItsOwnKey() {
    UUID order = UUID.randomUUID();

    Refund refund = shop.client().refund(order, "ch_7").toCompletableFuture().join();

    assertThat(refund).isEqualTo(new Refund("re-ch_7", "ch_7"));
    Received sent = partner.received().get(0);
    assertThat(sent.method() + " " + sent.path()).isEqualTo("POST /charges/ch_7/refunds");
    assertThat(sent.header("Idempotency-Key")).isEqualTo(order + "-refund");
    assertThat(shop.count("refund", PaymentOutcome.SUCCEEDED)).isOne();
  }

  @Test
  void anIdThatIsNoPathSegmentIsNotSent() {
    assertThatThrownBy(() -> shop.client().refund(UUID.randomUUID(), "../x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(partner.received()).isEmpty();
  }

  @Test
  void anUnknownTokenIsAProblemOfTheField() {
    partner.answers(TestPartner.status(422, "{\"code\": \"unknown-token\", \"status\": 422}"));

    assertThat(Partners.failureOf(shop.charge()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.problem().status()).isEqualTo(422);
              assertThat(problem.problem().errors())
                  .singleElement()
                  .satisfies(error -> assertThat(error.field()).isEqualTo("token"));
            });
    assertThat(shop.count("charge", PaymentOutcome.REFUSED)).isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 302, 400, 401, 404, 422, 429, 500, 502, 503})
  void anotherAnswerLeavesOpenWhatWasDone(int status) {
    partner.answers(TestPartner.status(status, "{\"code\": \"other\"}"));

    assertThat(Partners.failureOf(shop.charge()))
        .isInstanceOf(PaymentUnknownException.class)
        .hasMessageContaining("answered " + status);
    assertThat(Partners.failureOf(shop.client().refund(UUID.randomUUID(), "ch_1")))
        .isInstanceOf(PaymentUnknownException.class);
    assertThat(shop.count("charge", PaymentOutcome.UNKNOWN)).isOne();
    assertThat(shop.count("refund", PaymentOutcome.UNKNOWN)).isOne();
    assertThat(partner.received()).as("no redirect, no second try").hasSize(2);
  }

  @Test
  void aCallInProgressIsUnknownToo() {
    partner.answers(TestPartner.status(409, "{\"code\": \"idempotency-in-flight\"}"));

    assertThat(Partners.failureOf(shop.charge())).isInstanceOf(PaymentUnknownException.class);
    assertThat(shop.count("charge", PaymentOutcome.IN_PROGRESS)).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "\"text\"", "{", "{}", "garbage"})
  void aBodyThatIsNoChargeIsUnknown(String body) {
    partner.answers(TestPartner.status(201, body));

    assertThat(Partners.failureOf(shop.charge())).isInstanceOf(PaymentUnknownException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "amount": 6400        | "amount": 1
          "amount": 6400        | "amount": "6400"
          "amount": 6400        | "amount": 6400.0
          "amount": 6400        | "amount": -6400
          "amount": 6400        | "amount": null
          "amount": 6400        | "amount": 6400, "amount": 6400
          "EUR"                 | "USD"
          "EUR"                 | null
          "SUCCEEDED"           | "PENDING"
          "SUCCEEDED"           | "succeeded"
          "SUCCEEDED"           | 0
          "SUCCEEDED"           | null
          "SUCCEEDED"           | "DECLINED", "declineReason": "<b>"
          "SUCCEEDED"           | "DECLINED", "refund": {"id": "re_1"}
          "ch_1"                | "../1"
          "ch_1"                | ""
          "ch_1"                | 1
          "reference": "ORDER"  | "reference": "01900000-0000-7000-8000-000000000000"
          "reference": "ORDER"  | "reference": null
          "reference": "ORDER"  | "other": "ORDER"
          }                     | }{}
          }                     | ]
          """)
  void aChargeThatDiffersInOneMemberIsUnknown(String from, String to) {
    ChargeRequest request = Partners.request();
    String valid =
        """
        {"id": "ch_1", "reference": "ORDER", "amount": 6400, "currency": "EUR", "status": "SUCCEEDED"}""";
    assertThat(valid).contains(from);
    String order = request.orderId().toString();
    partner.answers(
        TestPartner.status(201, valid.replace(from, to).replace("ORDER", order)),
        TestPartner.status(201, valid.replace("ORDER", order)));

    assertThat(Partners.failureOf(shop.client().charge(request)))
        .isInstanceOf(PaymentUnknownException.class);
    assertThat(shop.client().charge(request).toCompletableFuture().join().id())
        .as("without the difference")
        .isEqualTo("ch_1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"id\": \"re_1\"}",
        "{\"id\": \"re_1\", \"chargeId\": \"ch_2\"}",
        "{\"id\": 1, \"chargeId\": \"ch_1\"}",
        "{\"chargeId\": \"ch_1\"}",
      })
  void aBodyThatIsNotTheRefundIsUnknown(String body) {
    partner.answers(TestPartner.status(201, body));

    assertThat(Partners.failureOf(shop.client().refund(UUID.randomUUID(), "ch_1")))
        .isInstanceOf(PaymentUnknownException.class);
  }

  @Test
  void withoutATokenNoneIsSent() {
    PaymentSettings settings =
        Partners.settings(partner.url(), Duration.seconds(30), 1, Partners.TOLERANT);
    try (Partners tokenless =
        new Partners(
            new PaymentSettings(
                settings.url(),
                "",
                settings.callbackSecret(),
                settings.timeLimit(),
                settings.inFlight(),
                settings.breaker()))) {
      tokenless.charge().toCompletableFuture().join();
      assertThat(partner.received().get(0).headers()).doesNotContainKey("authorization");
    }
  }

  @Test
  void aShopWithoutAPartnerRefusesEveryCall() {
    NoPaymentPartner none = new NoPaymentPartner();

    assertThat(none.isConfigured()).isFalse();
    assertThat(shop.client().isConfigured()).isTrue();
    assertThat(Partners.failureOf(none.charge(Partners.request())))
        .isInstanceOf(PaymentUnavailableException.class);
    assertThat(Partners.failureOf(none.refund(UUID.randomUUID(), "ch_1")))
        .isInstanceOf(PaymentUnavailableException.class);
  }
}
