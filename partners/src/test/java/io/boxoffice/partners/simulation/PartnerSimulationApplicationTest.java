package io.boxoffice.partners.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.partners.testing.Eventually;
import io.boxoffice.partners.testing.PartnerClient;
import io.boxoffice.partners.testing.PartnerClient.Answer;
import io.boxoffice.partners.testing.RunningPartner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of the shop's simulation apply to the calls of a partner while it runs. */
class PartnerSimulationApplicationTest {
  private static final String REFUSE =
      rules(
          """
          {"id": "down", "match": {"methods": ["POST"]},
           "denial": {"percent": 100, "status": 503, "code": "unavailable"}}""");
  private static final String LOSE =
      rules(
          """
          {"id": "silent", "match": {"methods": ["POST"]}, "phase": "response", "lose": true}""");

  @TempDir private static Path directory;

  private static RunningPartner partner;
  private static PartnerClient client;

  @BeforeAll
  static void start() throws Exception {
    partner = new RunningPartner(directory).start();
    client = partner.client();
  }

  @AfterAll
  static void stop() {
    partner.close();
  }

  @AfterEach
  void off() {
    assertThat(put("{}").status()).isEqualTo(200);
  }

  @Test
  void aRefusedCallChargesNothingAndTheLedgerCanBeRead() {
    UUID order = UUID.randomUUID();
    assertThat(put(REFUSE).status()).isEqualTo(200);
    Answer refused = client.charge("tok_ok", order);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.text("code")).isEqualTo("unavailable");
    assertThat(refused.header("Simulation")).contains("rule=down");
    assertThat(chargesOf(order)).isEmpty();
    off();
    assertThat(client.charge("tok_ok", order).status()).isEqualTo(201);
    assertThat(chargesOf(order)).hasSize(1);
  }

  @Test
  void aLostAnswerHidesACharge() {
    UUID order = UUID.randomUUID();
    put(LOSE);
    assertThatThrownBy(() -> client.charge("tok_ok", order))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(chargesOf(order)).hasSize(1);
    off();
    assertThat(client.charge("tok_ok", order).header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void aSettingWithATimeLimitEndsByItself() {
    Answer shown = put(REFUSE.replaceFirst("\\{", "{\"expiresIn\": \"2s\", "));
    assertThat(shown.text("activeProfile")).isEqualTo("test");
    assertThat(shown.body().hasNonNull("expiresAt")).isTrue();
    Eventually.holds(() -> client.get("/simulation").text("activeProfile").equals("off"));
    assertThat(client.charge("tok_ok", UUID.randomUUID()).status()).isEqualTo(201);
  }

  @Test
  void aSettingThatWasReadCanBeSentBack() {
    put(REFUSE);
    String read = client.get("/simulation").raw().body();
    off();
    assertThat(put(read).status()).isEqualTo(200);
    assertThat(client.charge("tok_ok", UUID.randomUUID()).status()).isEqualTo(503);
  }

  @Test
  void aWrongSettingChangesNothing() {
    Answer wrong = put(rules("{\"id\": \"far\", \"match\": {\"path\": \"/v1/concerts\"}}"));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body().toString()).contains("/charges/{chargeId}/refunds");
    assertThat(client.get("/simulation").text("activeProfile")).isEqualTo("off");
  }

  @Test
  void itNeedsTheToken() {
    Answer refused =
        PartnerClient.join(
            client.send("PUT", "/simulation", REFUSE, "Authorization", "Bearer another"));
    assertThat(refused.status()).isEqualTo(401);
  }

  private static String rules(String rule) {
    return "{\"activeProfile\": \"test\", \"profiles\": {\"test\": [%s]}}".formatted(rule);
  }

  private static Answer put(String setting) {
    return PartnerClient.join(client.send("PUT", "/simulation", setting));
  }

  private static JsonNode chargesOf(UUID order) {
    return client.get("/charges?reference=" + order).body().path("items");
  }
}
