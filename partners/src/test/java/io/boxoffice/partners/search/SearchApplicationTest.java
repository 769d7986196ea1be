package io.boxoffice.partners.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.partners.testing.PartnerClient;
import io.boxoffice.partners.testing.PartnerClient.Answer;
import io.boxoffice.partners.testing.RunningPartner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchApplicationTest {
  @TempDir private static Path directory;

  private static RunningPartner partner;
  private static PartnerClient client;

  @BeforeAll
  static void start() throws Exception {
    partner = new RunningPartner(directory, new SearchRole()).start();
    client = partner.client();
    put(client, id(1), 1, "Night of Fire", "Björk", "Große Halle Köln");
    put(client, id(2), 1, "Björk and friends", "The Choir", "Opera House");
    put(client, id(3), 1, "Summer", "Café del Mar", "Björkvägen");
  }

  @AfterAll
  static void stop() {
    partner.close();
  }

  /** An id that no random one is equal to. */
  private static UUID id(int number) {
    return UUID.fromString("01890000-0000-7000-8000-%012d".formatted(number));
  }

  /** The artist counts most, then the title, then the venue. */
  @ParameterizedTest
  @CsvSource({
    "björk, 123",
    "BJORK, 123",
    "bjo, 123",
    "björk opera, 2",
    "koln gros, 1",
    "cafe, 3",
    "fire, 1",
    "nothing, ''",
    "'!?', ''",
    "'artist:björk', ''",
    "'björk*', 123"
  })
  void wordsAreFoundWithoutCaseAccentsAndEnds(String text, String found) {
    Answer hits = search(client, text);
    assertThat(hits.status()).isEqualTo(200);
    StringBuilder ids = new StringBuilder();
    hits.body().path("items").forEach(hit -> ids.append(hit.path("concertId").asText().charAt(35)));
    assertThat(ids).hasToString(found);
    assertThat(hits.body().path("total").asInt()).isEqualTo(found.length());
  }

  @Test
  void pagesAreBounded() {
    Answer second = client.get("/search?q=bjork&offset=1&limit=1");
    assertThat(second.body().path("items")).hasSize(1);
    assertThat(second.body().path("items").path(0).path("concertId").asText())
        .isEqualTo(id(2).toString());
    assertThat(client.get("/search?q=bjork&limit=101").status()).isEqualTo(422);
    assertThat(client.get("/search?q=bjork&offset=901").status()).isEqualTo(422);
    assertThat(client.get("/search").status()).isEqualTo(422);
    assertThat(client.get("/search?q=" + "a".repeat(201)).status()).isEqualTo(422);
  }

  @Test
  void anOlderVersionNeverReplacesANewerOne() {
    UUID concert = UUID.randomUUID();
    assertThat(put(client, concert, 5, "Newest", "Xylo", "V").text("applied")).isEqualTo("true");
    Answer older = put(client, concert, 4, "Older", "Xylo", "V");
    assertThat(older.text("applied")).isEqualTo("false");
    assertThat(older.body().path("version").asInt()).isEqualTo(5);
    assertThat(put(client, concert, 5, "Again", "Xylo", "V").text("applied")).isEqualTo("false");
    assertThat(search(client, "xylo").body().path("items").path(0).path("title").asText())
        .isEqualTo("Newest");

    assertThat(delete(client, concert, 6).text("applied")).isEqualTo("true");
    put(client, concert, 5, "Late", "Xylo", "V");
    assertThat(search(client, "xylo").body().path("items")).isEmpty();
    assertThat(client.get("/concerts/" + concert).body().path("concert").isNull()).isTrue();
    put(client, concert, 7, "Back", "Xylo", "V");
    assertThat(search(client, "xylo").body().path("items")).hasSize(1);
  }

  @Test
  void versionsAtOnceEndWithTheNewest() {
    UUID concert = UUID.randomUUID();
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int version = 20; version >= 0; version--) {
      answers.add(
          client.send(
              "PUT",
              "/concerts/" + concert,
              body(version, "Zither " + version, "A", "V"),
              "Idempotency-Key",
              "at-once-" + version));
    }
    answers.forEach(answer -> assertThat(answer.join().status()).isEqualTo(200));
    assertThat(search(client, "zither").body().path("items").path(0).path("title").asText())
        .isEqualTo("Zither 20");
  }

  @Test
  void theIndexAndTheLedgerSurviveARestart(@TempDir Path other) throws Exception {
    UUID kept = id(1);
    UUID deleted = id(2);
    try (RunningPartner first = new RunningPartner(other, new SearchRole()).start()) {
      put(first.client(), kept, 1, "Tuba", "A", "V");
      put(first.client(), deleted, 1, "Tuba", "B", "V");
      delete(first.client(), deleted, 2);
    }
    try (RunningPartner second = new RunningPartner(other, new SearchRole()).start()) {
      assertThat(search(second.client(), "tuba").body().path("items"))
          .extracting(hit -> hit.path("concertId").asText())
          .containsExactly(kept.toString());
      assertThat(second.client().get("/concerts").body().path("items"))
          .extracting(change -> change.path("version").asInt())
          .containsExactly(1, 2);
      assertThat(put(second.client(), deleted, 1, "Tuba", "B", "V").text("applied"))
          .isEqualTo("false");
    }
  }

  @Test
  void aFullIndexRefusesNewConcertsOnly(@TempDir Path other) throws Exception {
    try (RunningPartner full =
        new RunningPartner(other, new SearchRole()).with("search.mostConcerts", "1").start()) {
      put(full.client(), id(1), 1, "T", "A", "V");
      assertThat(put(full.client(), id(2), 1, "T", "A", "V").status()).isEqualTo(503);
      assertThat(put(full.client(), id(1), 2, "T", "A", "V").status()).isEqualTo(200);
    }
  }

  @Test
  void wrongChangesAreProblems() {
    assertThat(put(client, id(9), -1, "T", "A", "V").status()).isEqualTo(422);
    assertThat(put(client, id(9), 1, "", "A", "V").status()).isEqualTo(422);
    assertThat(client.call("DELETE", "/concerts/" + id(9), null, "k").status()).isEqualTo(422);
    assertThat(client.get("/concerts/" + id(9)).status()).isEqualTo(404);
  }

  static String body(int version, String title, String artist, String venue) {
    return """
        {"version": %d, "concert": {"title": "%s", "artist": "%s", "venue": "%s",
          "startsAt": "2027-01-01T20:00:00Z"}}"""
        .formatted(version, title, artist, venue);
  }

  private static Answer put(
      PartnerClient to, UUID concert, int version, String title, String artist, String venue) {
    return to.call(
        "PUT",
        "/concerts/" + concert,
        body(version, title, artist, venue),
        concert + "-" + version);
  }

  private static Answer delete(PartnerClient to, UUID concert, int version) {
    return to.call("DELETE", "/concerts/" + concert + "?version=" + version, null, "delete");
  }

  private static Answer search(PartnerClient to, String text) {
    return to.get("/search?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
  }
}
