package io.boxoffice.partners.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.partners.testing.PartnerClient;
import io.boxoffice.partners.testing.PartnerClient.Answer;
import io.boxoffice.partners.testing.RunningPartner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mails without a server: they are kept and shown. */
class EmailApplicationTest {
  static final String MAIL =
      """
      {"to": "ada@example.com", "subject": "Your tickets", "text": "Hello Ada,\\nhere they are."}""";

  @TempDir private static Path directory;

  private static RunningPartner partner;
  private static PartnerClient client;

  @BeforeAll
  static void start() throws Exception {
    partner = new RunningPartner(directory, new EmailRole()).start();
    client = partner.client();
  }

  @AfterAll
  static void stop() {
    partner.close();
  }

  @Test
  void aMailIsKeptOnceAndFoundInThreeWays() {
    String key = UUID.randomUUID().toString();
    Answer made = client.call("POST", "/mails", MAIL, key);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("state")).isEqualTo("KEPT");
    assertThat(made.text("key")).isEqualTo(key);

    Answer again = client.call("POST", "/mails", MAIL, key);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.body()).isEqualTo(made.body());

    assertThat(client.get(made.header("Location")).body()).isEqualTo(made.body());
    JsonNode items =
        client.get("/mails?limit=100&since=" + made.text("createdAt")).body().path("items");
    assertThat(items).contains(made.body());
  }

  @Test
  void aKeyBelongsToOneMail() {
    String key = UUID.randomUUID().toString();
    client.call("POST", "/mails", MAIL, key);
    Answer other = client.call("POST", "/mails", MAIL.replace("Ada", "Bob"), key);
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("code")).isEqualTo("idempotency-key-reused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ada@example.com | nobody   | to",
        "ada@example.com | a@b@c    | to",
        "Your tickets    | a\\nb    | subject",
        "Hello Ada       | \\u0007  | text",
      })
  void aWrongMailIsAProblem(String part, String wrong, String field) {
    Answer refused =
        client.call("POST", "/mails", MAIL.replace(part, wrong), UUID.randomUUID().toString());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("errors").path(0).path("field").asText()).isEqualTo(field);
  }

  @Test
  void aLongMailIsRefusedAndTheLongestIsKept() {
    String longest = "\\n".repeat(20_000);
    String text = "Hello Ada,\\nhere they are.";
    assertThat(
            client
                .call("POST", "/mails", MAIL.replace(text, longest), UUID.randomUUID().toString())
                .status())
        .isEqualTo(201);
    assertThat(
            client.call("POST", "/mails", MAIL.replace(text, longest + "."), "too-long").status())
        .isEqualTo(422);
  }

  @Test
  void aKeyAndATokenAreRequired() {
    assertThat(PartnerClient.join(client.send("POST", "/mails", MAIL)).status()).isEqualTo(422);
    assertThat(
            PartnerClient.join(client.send("GET", "/mails", null, "Authorization", "Bearer x"))
                .status())
        .isEqualTo(401);
  }

  @Test
  void rulesOfTheSimulationApply() {
    String refuse =
        """
        {"activeProfile": "down", "profiles": {"down": [{"id": "down",
          "match": {"methods": ["POST"], "path": "/mails"},
          "denial": {"percent": 100, "status": 503, "code": "unavailable"}}]}}""";
    PartnerClient.join(client.send("PUT", "/simulation", refuse));
    assertThat(client.call("POST", "/mails", MAIL, "refused").status()).isEqualTo(503);
    PartnerClient.join(client.send("PUT", "/simulation", "{}"));
    assertThat(client.call("POST", "/mails", MAIL, "refused").status()).isEqualTo(201);
  }

  @Test
  void aFullLedgerRefusesNewMailsOnly(@TempDir Path other) throws Exception {
    try (RunningPartner full =
        new RunningPartner(other, new EmailRole()).with("email.mostMails", "1").start()) {
      full.client().call("POST", "/mails", MAIL, "first");
      assertThat(full.client().call("POST", "/mails", MAIL, "second").status()).isEqualTo(503);
      assertThat(full.client().call("POST", "/mails", MAIL, "first").status()).isEqualTo(200);
    }
  }

  @Test
  void mailsSurviveARestart(@TempDir Path other) throws Exception {
    JsonNode made;
    try (RunningPartner first = new RunningPartner(other, new EmailRole()).start()) {
      made = first.client().call("POST", "/mails", MAIL, "key").body();
    }
    try (RunningPartner second = new RunningPartner(other, new EmailRole()).start()) {
      assertThat(second.client().get("/mails").body().path("items")).containsExactly(made);
      assertThat(second.client().call("POST", "/mails", MAIL, "key").status()).isEqualTo(200);
    }
    assertThat(Files.readString(other.resolve("email/ledger.jsonl")).lines()).hasSize(1);
  }
}
