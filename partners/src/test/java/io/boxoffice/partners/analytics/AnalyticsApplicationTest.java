package io.boxoffice.partners.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.partners.testing.PartnerClient;
import io.boxoffice.partners.testing.PartnerClient.Answer;
import io.boxoffice.partners.testing.RunningPartner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

class AnalyticsApplicationTest {
  private final Instant noon =
      Instant.now().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.HOURS);

  @TempDir private static Path directory;

  private static RunningPartner partner;
  private static PartnerClient client;

  @BeforeAll
  static void start() throws Exception {
    partner = new RunningPartner(directory, new AnalyticsRole()).start();
    client = partner.client();
  }

  @AfterAll
  static void stop() {
    partner.close();
  }

  @Test
  void eventsLandInTheirMinuteAlsoWhenTheyAreLate() {
    UUID concert = UUID.randomUUID();
    send(
        client,
        event(concert, "sale", 2, noon.plusSeconds(59)),
        event(concert, "page-view", 1, noon.plusSeconds(60)),
        event(concert, "concert-change", 1, noon.plusSeconds(60)),
        event(concert, "sale", 3, noon.plusSeconds(119)));
    Answer late = send(client, event(concert, "cancellation", 1, noon));
    assertThat(late.body().toString()).isEqualTo("{\"counted\":1,\"repeated\":0,\"tooOld\":0}");

    JsonNode minutes = client.get("/concerts/" + concert + "/minutes").body().path("items");
    assertThat(minutes).hasSize(2);
    assertThat(minutes.path(0).path("minute").asText()).isEqualTo(noon.toString());
    assertThat(minutes.path(0).path("counts").toString())
        .isEqualTo("{\"sales\":2,\"cancellations\":1,\"pageViews\":0,\"concertChanges\":0}");
    assertThat(minutes.path(1).path("counts").toString())
        .isEqualTo("{\"sales\":3,\"cancellations\":0,\"pageViews\":1,\"concertChanges\":1}");
    assertThat(total(client, concert))
        .isEqualTo("{\"sales\":5,\"cancellations\":1,\"pageViews\":1,\"concertChanges\":1}");
  }

  @Test
  void minutesArePagedAndBounded() {
    UUID concert = UUID.randomUUID();
    for (int i = 0; i < 3; i++) {
      send(client, event(concert, "sale", 1, noon.plusSeconds(60L * i)));
    }
    String minutes = "/concerts/" + concert + "/minutes";
    JsonNode first = client.get(minutes + "?limit=2").body();
    assertThat(first.path("items")).hasSize(2);
    assertThat(first.path("next").asText()).isEqualTo(noon.plusSeconds(120).toString());
    assertThat(client.get(minutes + "?from=" + first.path("next").asText()).body().path("items"))
        .hasSize(1);
    assertThat(client.get(minutes + "?to=" + noon.plusSeconds(60)).body().path("items")).hasSize(1);
    assertThat(client.get(minutes + "?limit=1441").status()).isEqualTo(422);
    assertThat(client.get(minutes + "?from=noon").status()).isEqualTo(422);
    assertThat(client.get("/concerts/" + UUID.randomUUID() + "/minutes").status()).isEqualTo(404);
  }

  @Test
  void aRepeatedEventIsCountedOnceAlsoWithinARequestAndAtOnce() {
    UUID concert = UUID.randomUUID();
    String view = event(concert, "page-view", 1, noon);
    assertThat(send(client, view, view).body().path("repeated").asInt()).isEqualTo(1);
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    String sale = event(concert, "sale", 1, noon);
    for (int i = 0; i < 20; i++) {
      answers.add(client.send("POST", "/events", body(view, sale)));
    }
    int counted =
        answers.stream().mapToInt(answer -> answer.join().body().path("counted").asInt()).sum();
    assertThat(counted).isEqualTo(1);
    assertThat(total(client, concert))
        .isEqualTo("{\"sales\":1,\"cancellations\":0,\"pageViews\":1,\"concertChanges\":0}");
  }

  @ParameterizedTest
  @CsvSource({
    "\"sale\",\"refund\"",
    "\"quantity\": 1,\"quantity\": 0",
    "\"quantity\": 1,\"quantity\": 10001",
    "\"id\",\"no\""
  })
  void aWrongEventIsAProblem(String right, String wrong) {
    UUID concert = UUID.randomUUID();
    String event = event(concert, "sale", 1, noon);
    assertThat(event).contains(right);
    assertThat(send(client, event.replace(right, wrong)).status()).isEqualTo(422);
    assertThat(client.get("/concerts/" + concert + "/total").status()).isEqualTo(404);
  }

  @Test
  void eventsOfTheFutureAndTooManyAreRefusedAndOldOnesAreNotCounted() {
    UUID concert = UUID.randomUUID();
    Instant future = Instant.now().plus(Duration.ofMinutes(10));
    assertThat(send(client, event(concert, "sale", 1, future)).status()).isEqualTo(422);
    Instant old = Instant.now().minus(Duration.ofDays(8));
    assertThat(send(client, event(concert, "sale", 1, old)).body().path("tooOld").asInt())
        .isEqualTo(1);
    String[] events = new String[301];
    for (int i = 0; i < events.length; i++) {
      events[i] = event(concert, "sale", 1, noon);
    }
    assertThat(send(client, events).status()).isEqualTo(422);
    events[300] = events[0];
    assertThat(send(client, List.of(events).subList(0, 300).toArray(String[]::new)).status())
        .isEqualTo(200);
  }

  @Test
  void countsAndIdsSurviveARestart(@TempDir Path other) throws Exception {
    UUID concert = UUID.randomUUID();
    String sale = event(concert, "sale", 4, noon);
    try (RunningPartner first = new RunningPartner(other, new AnalyticsRole()).start()) {
      send(first.client(), sale);
    }
    try (RunningPartner second = new RunningPartner(other, new AnalyticsRole()).start()) {
      assertThat(send(second.client(), sale).body().path("repeated").asInt()).isEqualTo(1);
      assertThat(second.client().get("/totals").body().path("items").path(0).path("counts"))
          .hasToString("{\"sales\":4,\"cancellations\":0,\"pageViews\":0,\"concertChanges\":0}");
    }
  }

  @Test
  void aFullLedgerRefusesNewMinutesOnly(@TempDir Path other) throws Exception {
    UUID concert = UUID.randomUUID();
    try (RunningPartner full =
        new RunningPartner(other, new AnalyticsRole()).with("analytics.mostMinutes", "1").start()) {
      send(full.client(), event(concert, "sale", 1, noon));
      assertThat(send(full.client(), event(concert, "sale", 1, noon.plusSeconds(60))).status())
          .isEqualTo(503);
      assertThat(send(full.client(), event(concert, "sale", 1, noon)).status()).isEqualTo(200);
    }
  }

  private static String event(UUID concert, String type, int quantity, Instant at) {
    return """
        {"id": "%s", "type": "%s", "concertId": "%s", "quantity": %d, "at": "%s"}"""
        .formatted(UUID.randomUUID(), type, concert, quantity, at);
  }

  private static String body(String... events) {
    return "{\"events\": [%s]}".formatted(String.join(",", events));
  }

  private static Answer send(PartnerClient to, String... events) {
    return PartnerClient.join(to.send("POST", "/events", body(events)));
  }

  private static String total(PartnerClient of, UUID concert) {
    return of.get("/concerts/" + concert + "/total").body().path("counts").toString();
  }
}
