package io.boxoffice.partners.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.partners.testing.Eventually;
import io.boxoffice.partners.testing.PartnerClient;
import io.boxoffice.partners.testing.PartnerClient.Answer;
import io.boxoffice.partners.testing.RunningPartner;
import io.boxoffice.partners.testing.ShopPages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportApplicationTest {
  private static final int PURCHASES = 250;
  private static final UUID CONCERT = UUID.fromString("01890000-0000-7000-8000-000000000001");

  @TempDir private Path directory;

  private ShopPages shop;
  private RunningPartner partner;
  private PartnerClient client;

  @BeforeEach
  void start() throws Exception {
    shop = new ShopPages(PURCHASES);
    partner = partner().start();
    client = partner.client();
  }

  @AfterEach
  void stop() {
    partner.close();
    shop.close();
  }

  private RunningPartner partner() {
    return new RunningPartner(directory, new ReportRole())
        .with("report.shopUrl", shop.url())
        .with("report.rounds", "2");
  }

  @Test
  void aStatementIsSignedAndItsChainCanBeComputedAgain() throws Exception {
    Answer made = request("key");
    assertThat(made.status()).isEqualTo(201);
    JsonNode statement = verified(made.text("statement"));
    assertThat(statement.path("jti").asText()).isEqualTo(made.text("id"));
    assertThat(statement.path("purchases").asInt()).isEqualTo(PURCHASES);
    assertThat(statement.path("tickets").asInt()).isEqualTo(2 * PURCHASES);
    assertThat(statement.path("cancelledTickets").asInt()).isEqualTo(2 * 62);
    assertThat(statement.path("revenue").toString())
        .isEqualTo("[{\"currency\":\"EUR\",\"amount\":18800}]");

    String link = sha256("boxoffice-report " + CONCERT);
    for (String line : shop.lines()) {
      link = sha256(sha256(link + " " + line));
    }
    assertThat(statement.path("chain").asText()).isEqualTo(link);
  }

  private JsonNode verified(String statement) throws Exception {
    List<String> parts = List.of(statement.split("\\.", -1));
    JsonNode key = client.get("/keys").body().path("keys").path(0);
    String der = key.path("pem").asText().replaceAll("-----[A-Z ]+-----|\\s", "");
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(der))));
    signature.update((parts.get(0) + "." + parts.get(1)).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts.get(2)))).isTrue();
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(Base64.getUrlDecoder().decode(parts.get(0))).path("kid"))
        .isEqualTo(key.path("kid"));
    return json.readTree(Base64.getUrlDecoder().decode(parts.get(1)));
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void aKeyHasOneReportAndTheClientDecidesHowLongItWaits() {
    CountDownLatch gate = shop.close(1);
    Answer accepted = request("key", "Prefer", "respond-async");
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.text("state")).isEqualTo("QUEUED");
    assertThat(accepted.header("Preference-Applied")).isEqualTo("respond-async");
    assertThat(accepted.header("Vary")).contains("Prefer");
    assertThat(accepted.header("Retry-After")).isEqualTo("2");
    assertThat(request("key", "Prefer", "respond-async, wait=1").status()).isEqualTo(202);
    gate.countDown();
    Answer done = request("key");
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.text("id")).isEqualTo(accepted.text("id"));
    assertThat(client.get(accepted.header("Location")).body()).isEqualTo(done.body());
    assertThat(client.get("/reports").body().path("items")).containsExactly(done.body());
    assertThat(
            client
                .call(
                    "POST",
                    "/reports",
                    "{\"concertId\": \"%s\", \"rounds\": 3}".formatted(CONCERT),
                    "key")
                .text("code"))
        .isEqualTo("idempotency-key-reused");
  }

  @Test
  void oneReportIsMadeEightWaitAndMoreAreRefused() {
    CountDownLatch gate = shop.close(1);
    List<CompletableFuture<Answer>> waiting = new ArrayList<>();
    for (int i = 0; i < ReportService.MOST_QUEUED; i++) {
      waiting.add(send("key" + i));
    }
    Eventually.holds(() -> partner.adminClient().metric("report_queued_reports") == 9);
    Answer refused = request("one-more");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("5");
    gate.countDown();
    waiting.forEach(answer -> assertThat(answer.join().status()).isEqualTo(201));
    assertThat(request("one-more").status()).isEqualTo(201);
  }

  @Test
  void aShopThatAnswersGarbageFailsTheReportAndItsKeyTriesAgain() {
    for (String garbage :
        List.of(
            "<html>",
            "{}",
            "{\"items\": [{\"id\": 1}], \"next\": null}",
            " ".repeat(5 * 1024 * 1024))) {
      shop.answerWith(garbage);
      Answer failed = request("key");
      assertThat(failed.status()).isEqualTo(503);
      assertThat(failed.text("detail")).startsWith("The report failed: ");
    }
    shop.answerWith(null);
    assertThat(request("key").status()).isEqualTo(201);
    assertThat(client.get("/reports").body().path("items")).hasSize(1);
  }

  @Test
  void whatAStopInterruptsIsMadeAfterTheNextStartWithTheSameKey() throws Exception {
    JsonNode keys = client.get("/keys").body();
    shop.close(1);
    String report = request("key", "Prefer", "respond-async").header("Location");
    partner.close();
    shop.close(0);
    partner = partner().start();
    client = partner.client();
    Eventually.holds(() -> client.get(report).text("state").equals("DONE"));
    verified(client.get(report).text("statement"));
    assertThat(client.get("/keys").body()).isEqualTo(keys);
    Path key = directory.resolve("report/signing-key.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void wrongRequestsAreProblems() {
    for (String body :
        List.of(
            "{}",
            "{\"concertId\": \"no\"}",
            "{\"concertId\": \"%s\", \"rounds\": 0}".formatted(CONCERT),
            "{\"concertId\": \"%s\", \"rounds\": 1000001}".formatted(CONCERT))) {
      assertThat(client.call("POST", "/reports", body, "wrong").status()).isEqualTo(422);
    }
    assertThat(client.get("/reports/" + CONCERT).status()).isEqualTo(404);
  }

  private Answer request(String key, String... headers) {
    return PartnerClient.join(send(key, headers));
  }

  private CompletableFuture<Answer> send(String key, String... headers) {
    List<String> all = new ArrayList<>(List.of("Idempotency-Key", key));
    all.addAll(List.of(headers));
    return client.send(
        "POST",
        "/reports",
        "{\"concertId\": \"%s\"}".formatted(CONCERT),
        all.toArray(String[]::new));
  }
}
