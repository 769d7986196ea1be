package io.boxoffice.partners.payment.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.partners.testing.CallbackReceiver;
import io.boxoffice.partners.testing.CallbackReceiver.Received;
import io.boxoffice.partners.testing.Eventually;
import io.boxoffice.partners.testing.RunningPartner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallbackApplicationTest {
  private static final String SECRET = "a-secret-for-callbacks";

  @TempDir private Path directory;

  @Test
  void everyChargeAndRefundIsCalledBackWithASignature() throws Exception {
    try (CallbackReceiver shop = new CallbackReceiver();
        RunningPartner partner = calling(shop).start()) {
      var made = partner.client().charge("tok_ok", UUID.randomUUID());
      Eventually.holds(() -> shop.received().size() == 1);
      partner.client().charge("tok_declined", UUID.randomUUID());
      Eventually.holds(() -> shop.received().size() == 2);
      var refund = partner.client().refund(made.text("id"));
      Eventually.holds(() -> shop.received().size() == 3);

      assertThat(shop.received())
          .extracting(Received::type)
          .containsExactly("charge.succeeded", "charge.declined", "charge.refunded");
      assertThat(shop.received().get(0).body().path("charge")).isEqualTo(made.body());
      assertThat(shop.received().get(2).body().path("charge").path("refund").path("id").asText())
          .isEqualTo(refund.text("id"));
      assertThat(shop.received()).allSatisfy(CallbackApplicationTest::isSigned);
    }
  }

  @Test
  void aRefusedCallbackIsSentAgainUntilItIsAccepted() throws Exception {
    try (CallbackReceiver shop = new CallbackReceiver();
        RunningPartner partner = calling(shop).with("payment.callbacks.firstPause", "1s").start()) {
      shop.refuse(2);
      partner.client().charge("tok_ok", UUID.randomUUID());
      Eventually.holds(() -> shop.received().size() == 3);

      assertThat(shop.received())
          .extracting(Received::body)
          .allMatch(body -> body.equals(shop.received().get(0).body()));
      assertThat(shop.received()).allSatisfy(CallbackApplicationTest::isSigned);
      // Pauses of 1 s and 2 s, so each attempt is signed with a time of its own.
      assertThat(shop.received()).extracting(Received::time).doesNotHaveDuplicates();
      Eventually.holds(
          () ->
              metrics(partner).contains("payment_callbacks_total{outcome=\"delivered\",} 1.0")
                  && metrics(partner).contains("payment_callbacks_pending 0.0"));
      assertThat(metrics(partner)).contains("payment_callbacks_total{outcome=\"failed\",} 2.0");
    }
  }

  @Test
  void aCallbackIsGivenUpAfterItsTime() throws Exception {
    try (CallbackReceiver shop = new CallbackReceiver();
        RunningPartner partner =
            calling(shop).with("payment.callbacks.giveUpAfter", "1s").start()) {
      shop.refuse(Integer.MAX_VALUE);
      partner.client().charge("tok_ok", UUID.randomUUID());
      Eventually.holds(
          () -> metrics(partner).contains("payment_callbacks_total{outcome=\"given_up\",} 1.0"));
      assertThat(metrics(partner)).contains("payment_callbacks_pending 0.0");
    }
  }

  @Test
  void aDuplicateHasTheSameIdAndALostAnswerIsCalledBackToo() throws Exception {
    try (CallbackReceiver shop = new CallbackReceiver();
        RunningPartner partner =
            calling(shop)
                .with("payment.lostPercent", "100")
                .with("payment.callbacks.duplicatePercent", "100")
                .start()) {
      var unused = partner.client().chargeLater("tok_ok", UUID.randomUUID());
      Eventually.holds(() -> shop.received().size() == 2);
      assertThat(shop.received().get(1).body()).isEqualTo(shop.received().get(0).body());
    }
  }

  @Test
  void theNextStartSendsWhatTheShopHasNotAccepted() throws Exception {
    UUID accepted = UUID.randomUUID();
    UUID refused = UUID.randomUUID();
    try (CallbackReceiver shop = new CallbackReceiver();
        RunningPartner partner = calling(shop).with("payment.callbacks.firstPause", "5m").start()) {
      partner.client().charge("tok_ok", accepted);
      Eventually.holds(
          () -> metrics(partner).contains("payment_callbacks_total{outcome=\"delivered\",} 1.0"));
      shop.refuse(1);
      partner.client().charge("tok_ok", refused);
      Eventually.holds(
          () -> metrics(partner).contains("payment_callbacks_total{outcome=\"failed\",} 1.0"));
    }
    try (CallbackReceiver shop = new CallbackReceiver();
        RunningPartner partner = calling(shop).start()) {
      Eventually.holds(
          () -> metrics(partner).contains("payment_callbacks_total{outcome=\"delivered\",} 1.0"));
      assertThat(shop.received())
          .extracting(callback -> callback.body().path("charge").path("reference").asText())
          .containsExactly(refused.toString());
    }
  }

  @Test
  void theNextStartSendsNothingWhoseTimeIsOver() throws Exception {
    try (RunningPartner silent = new RunningPartner(directory).start()) {
      silent.client().charge("tok_ok", UUID.randomUUID());
    }
    Path ledger = directory.resolve("ledger.jsonl");
    Files.writeString(
        ledger,
        Files.readString(ledger)
            .replaceAll("\"createdAt\":\"[^\"]+\"", "\"createdAt\":\"2020-01-01T00:00:00Z\""));
    try (CallbackReceiver shop = new CallbackReceiver();
        RunningPartner partner = calling(shop).start()) {
      UUID fresh = UUID.randomUUID();
      partner.client().charge("tok_ok", fresh);
      Eventually.holds(
          () -> metrics(partner).contains("payment_callbacks_total{outcome=\"delivered\",} 1.0"));
      assertThat(shop.received()).hasSize(1);
      assertThat(shop.received().get(0).text()).contains(fresh.toString());
    }
  }

  private RunningPartner calling(CallbackReceiver shop) {
    return new RunningPartner(directory)
        .with("payment.callbacks.url", shop.url())
        .with("payment.callbacks.secret", SECRET)
        .with("payment.callbacks.firstPause", "50ms");
  }

  private static String metrics(RunningPartner partner) {
    return partner.adminClient().get("/metrics").raw().body();
  }

  private static void isSigned(Received callback) {
    assertThat(callback.signature())
        .isEqualTo(
            new Signature(SECRET)
                .of(
                    Instant.ofEpochSecond(Long.parseLong(callback.time())),
                    callback.text().getBytes(StandardCharsets.UTF_8)));
  }
}
