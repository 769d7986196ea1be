package io.boxoffice.partners.payment;

import static io.boxoffice.partners.testing.PartnerClient.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.partners.testing.Eventually;
import io.boxoffice.partners.testing.PartnerClient;
import io.boxoffice.partners.testing.PartnerClient.Answer;
import io.boxoffice.partners.testing.RunningPartner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentApplicationTest {
  @TempDir private static Path directory;

  private static RunningPartner partner;
  private static PartnerClient client;

  @BeforeAll
  static void start() throws Exception {
    partner = new RunningPartner(directory).with("payment.slowDelay", "2s").start();
    client = partner.client();
  }

  @AfterAll
  static void stop() {
    partner.close();
  }

  @Test
  void aChargeIsMadeOnceAndFoundInThreeWays() {
    UUID order = UUID.randomUUID();
    Answer made = client.charge("tok_ok", order);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("status")).isEqualTo("SUCCEEDED");
    assertThat(made.body().path("amount").asLong()).isEqualTo(500);
    assertThat(made.body().has("declineReason")).isFalse();

    Answer again = client.charge("tok_ok", order);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.body()).isEqualTo(made.body());

    assertThat(client.get(made.header("Location")).body()).isEqualTo(made.body());
    assertThat(client.get("/charges?reference=" + order).body().path("items"))
        .containsExactly(made.body());
    assertThat(
            client.get("/charges?limit=100&since=" + made.text("createdAt")).body().path("items"))
        .contains(made.body());
  }

  @Test
  void aDeclinedChargeHasAReasonAndNoRefund() {
    Answer declined = client.charge("tok_insufficient", UUID.randomUUID());
    assertThat(declined.status()).isEqualTo(201);
    assertThat(declined.text("status")).isEqualTo("DECLINED");
    assertThat(declined.text("declineReason")).isEqualTo("insufficient-funds");
    assertThat(client.refund(declined.text("id")).status()).isEqualTo(422);
  }

  @Test
  void aLostAnswerIsNoAnswerButACharge() {
    UUID order = UUID.randomUUID();
    assertThatThrownBy(() -> client.charge("tok_lost", order))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IOException.class);
    JsonNode items = client.get("/charges?reference=" + order).body().path("items");
    assertThat(items).hasSize(1);
    assertThat(items.path(0).path("status").asText()).isEqualTo("SUCCEEDED");
  }

  @Test
  void aRequestInProgressHoldsItsKeyAndNoThread() {
    List<CompletableFuture<Answer>> slow = new ArrayList<>();
    List<UUID> orders = new ArrayList<>();
    for (int i = 0; i < 40; i++) { // more than there are threads
      orders.add(UUID.randomUUID());
      slow.add(client.chargeLater("tok_slow", orders.get(i)));
    }
    Eventually.holds(() -> gauge("payment_charges_in_progress") == 40);
    Answer second = client.charge("tok_slow", orders.get(0));
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.text("code")).isEqualTo("idempotency-in-flight");
    assertThat(second.header("Retry-After")).isEqualTo("1");
    assertThat(slow).allMatch(answer -> !answer.isDone());
    assertThat(slow).allMatch(answer -> PartnerClient.join(answer).status() == 201);
  }

  @Test
  void aRefundIsMadeOnceAndPartOfTheCharge() {
    String charge = client.charge("tok_ok", UUID.randomUUID()).text("id");
    Answer made = client.refund(charge);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("chargeId")).isEqualTo(charge);
    assertThat(made.body().path("amount").asLong()).isEqualTo(500);

    Answer again = client.refund(charge);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(made.body());
    assertThat(client.get("/charges/" + charge).body().path("refund").path("id").asText())
        .isEqualTo(made.text("id"));

    String other = client.charge("tok_ok", UUID.randomUUID()).text("id");
    assertThat(post("/charges/" + other + "/refunds", null, charge).text("code"))
        .isEqualTo("idempotency-key-reused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"amount\": -1, \"currency\": \"EUR\", \"token\": \"tok_ok\", \"reference\": \"REFERENCE\"} | 422 | validation-failed",
        "{\"amount\": 1, \"currency\": \"eur\", \"token\": \"tok_ok\", \"reference\": \"REFERENCE\"} | 422 | validation-failed",
        "{\"amount\": 1, \"currency\": \"EUR\", \"token\": \"card\", \"reference\": \"REFERENCE\"} | 422 | unknown-token",
        "{\"amount\": 1, \"currency\": \"EUR\", \"token\": \"tok_new\", \"reference\": \"REFERENCE\"} | 422 | unknown-token",
        "{\"amount\": 1, \"currency\": \"EUR\", \"token\": \"tok_ok\"} | 422 | validation-failed",
        "{\"amount\": 1, \"currency\": \"EUR\", \"token\": \"tok_ok\", \"reference\": \"REFERENCE\", \"x\": 1} | 422 | validation-failed",
        "{\"amount\": 1 | 400 | malformed-json"
      })
  void aWrongBodyIsAProblem(String text, int status, String code) {
    int before = gauge("payment_ledger_charges");
    Answer refused =
        post(
            "/charges",
            text.replace("REFERENCE", UUID.randomUUID().toString()),
            UUID.randomUUID().toString());
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.text("code")).isEqualTo(code);
    assertThat(gauge("payment_ledger_charges")).isEqualTo(before);
  }

  @Test
  void aKeyIsRequired() {
    Answer refused = client.send("POST", "/charges", body("tok_ok", UUID.randomUUID())).join();
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("errors").path(0).path("field").asText())
        .isEqualTo("Idempotency-Key");
  }

  @ParameterizedTest
  @CsvSource({
    "since=yesterday,since",
    "since=,since",
    "after=" + UNKNOWN + ",after",
    "limit=101,limit"
  })
  void aWrongQueryIsAProblem(String query, String field) {
    Answer refused = client.get("/charges?" + query);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("errors").path(0).path("field").asText()).isEqualTo(field);
  }

  private static final String UNKNOWN = "01890000-0000-7000-8000-000000000000";

  @Test
  void whatDoesNotExistIsNotFound() {
    assertThat(client.get("/charges/" + UNKNOWN).status()).isEqualTo(404);
    assertThat(client.refund(UNKNOWN).status()).isEqualTo(404);
  }

  @Test
  void callsNeedTheToken() {
    Answer wrong = client.send("GET", "/charges", null, "Authorization", "Bearer other").join();
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(client.send("GET", "/health", null, "Authorization", "none").join().status())
        .isEqualTo(200);
  }

  @Test
  void withoutATokenCallsAreTakenFromLoopbackOnly(@TempDir Path other) throws Exception {
    try (RunningPartner open = new RunningPartner(other).with("token", "").start()) {
      assertThat(open.client().get("/charges").status()).isEqualTo(200);
      assertThat(
              open.client()
                  .send("GET", "/charges", null, "X-Forwarded-For", "203.0.113.9")
                  .join()
                  .status())
          .isEqualTo(403);
    }
  }

  @Test
  void aFullLedgerRefusesNewChargesOnly(@TempDir Path other) throws Exception {
    try (RunningPartner full = new RunningPartner(other).with("payment.mostCharges", "1").start()) {
      UUID order = UUID.randomUUID();
      full.client().charge("tok_ok", order);
      assertThat(full.client().charge("tok_ok", UUID.randomUUID()).status()).isEqualTo(503);
      assertThat(full.client().charge("tok_ok", order).status()).isEqualTo(200);
    }
  }

  private static Answer post(String path, String text, String key) {
    return client.send("POST", path, text, "Idempotency-Key", key).join();
  }

  private static int gauge(String name) {
    return (int) partner.adminClient().metric(name);
  }
}
