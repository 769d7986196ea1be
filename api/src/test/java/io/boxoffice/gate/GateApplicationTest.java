package io.boxoffice.gate;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class GateApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped().with("gates.token", Evening.TOKEN);

  private Evening evening;

  @BeforeEach
  void prepare() {
    evening = new Evening(APPLICATION.client());
  }

  private static JsonNode first(Answer answer) {
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    return answer.body().path("results").get(0);
  }

  private Answer get(String path) {
    return APPLICATION.client().get(path, Evening.device());
  }

  @Test
  void aTicketIsAdmittedOnceAndShowsIt() {
    String ticket = evening.ticket();
    assertThat(APPLICATION.client().get("/v1/tickets/" + ticket).body().has("admission")).isFalse();
    String scan = evening.scan(1, ticket);
    assertThat(first(evening.send(scan)).path("result").asText()).isEqualTo("admitted");
    JsonNode repeated = first(evening.send(scan));
    assertThat(repeated.path("result").asText()).isEqualTo("admitted");
    assertThat(repeated.path("repeated").asBoolean()).isTrue();
    JsonNode second = first(evening.send(evening.scan(2, ticket)));
    assertThat(second.path("result").asText()).isEqualTo("refused");
    assertThat(second.path("reason").asText()).isEqualTo("already-admitted");
    JsonNode admission = APPLICATION.client().get("/v1/tickets/" + ticket).body().path("admission");
    assertThat(admission.path("inside").asBoolean()).isTrue();
    assertThat(Instant.parse(admission.path("firstAdmittedAt").asText()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
  }

  @Test
  void aPurchaseWithAnAdmittedTicketIsNotGivenBack() {
    JsonNode purchase = evening.buy();
    evening.send(evening.scan(1, purchase.path("ticketIds").get(0).asText()));
    String path = "/v1/purchases/" + purchase.path("id").asText();
    Answer cancelled = APPLICATION.client().send("POST", path + "/cancellation", null);
    assertThat(cancelled.status()).isEqualTo(409);
    assertThat(cancelled.text("code")).isEqualTo("already-admitted");
    assertThat(APPLICATION.client().get(path).text("status")).isEqualTo("CONFIRMED");
  }

  @Test
  void aCancelledConcertGivesBackAlsoWhatWasAdmitted() {
    JsonNode purchase = evening.buy();
    evening.send(evening.scan(1, purchase.path("ticketIds").get(0).asText()));
    APPLICATION
        .client()
        .send("POST", "/v1/concerts/" + evening.concertId() + "/cancellation", null, operator());
    String path = "/v1/purchases/" + purchase.path("id").asText();
    Eventually.within(
        Duration.ofSeconds(30),
        () -> APPLICATION.client().get(path).text("status").equals("CANCELLED"));
    String other = evening.scan(2, purchase.path("ticketIds").get(0).asText());
    assertThat(first(evening.send(other)).path("reason").asText()).isEqualTo("cancelled");
  }

  @Test
  void aScanThatIsNotValidStopsNoOther() {
    UUID id = UUID.randomUUID();
    Answer answer =
        evening.send(
            evening.scan(1, evening.ticket()),
            "{\"scanId\": \"%s\", \"gate\": \"%s\", \"sequence\": 2, \"ticketId\": 7}"
                .formatted(id, evening.gate()),
            "{\"scanId\": \"%s\", \"gate\": \"%s\"}".formatted(id, evening.gate()),
            "null",
            "[]",
            evening.scan(3, evening.ticket()));
    assertThat(answer.body().findValuesAsText("result"))
        .containsExactly("admitted", "refused", "invalid", "invalid", "invalid", "admitted");
    assertThat(answer.body().path("results").get(1).path("reason").asText())
        .isEqualTo("unreadable");
    assertThat(answer.body().path("results").get(2).path("code").asText())
        .isEqualTo("invalid-scan");
    assertThat(answer.body().path("results").get(2).path("detail").asText()).contains("sequence");
  }

  @Test
  void anOfflineScanIsJudgedByItsTimeOnTheClockOfTheShop() {
    evening.open(Duration.ofHours(-3), Duration.ofMinutes(-30), false);
    String ticket = evening.ticket();
    Instant deviceNow = Instant.now().plus(Duration.ofHours(7));
    String scan =
        "{\"scanId\": \"%s\", \"gate\": \"%s\", \"sequence\": 1, \"ticketId\": \"%s\", \"deviceMode\": \"offline\", \"scannedAt\": \"%s\"}"
            .formatted(
                UUID.randomUUID(), evening.gate(), ticket, deviceNow.minus(Duration.ofHours(1)));
    Answer answer =
        APPLICATION
            .client()
            .post(
                "/v1/scans",
                "{\"deviceTime\": \"%s\", \"scans\": [%s]}".formatted(deviceNow, scan),
                Evening.device());
    assertThat(first(answer).path("result").asText()).isEqualTo("admitted");
    JsonNode late = first(evening.send(evening.scan(2, evening.ticket())));
    assertThat(late.path("reason").asText()).isEqualTo("too-late");
  }

  @Test
  void aConflictListsBothScans() {
    String ticket = evening.ticket();
    UUID online = UUID.randomUUID();
    UUID offline = UUID.randomUUID();
    evening.send(evening.scan(online, 1, ticket));
    evening.send(
        evening
            .scan(offline, 2, ticket)
            .replace(
                "}",
                ", \"deviceMode\": \"offline\", \"scannedAt\": \"%s\"}".formatted(Instant.now())));
    JsonNode page = APPLICATION.client().get("/v1/scan-conflicts?limit=100", operator()).body();
    JsonNode conflict = page.path("items").get(page.path("items").size() - 1);
    assertThat(conflict.path("scan").path("scanId").asText()).isEqualTo(offline.toString());
    assertThat(conflict.path("other").path("scanId").asText()).isEqualTo(online.toString());
    assertThat(conflict.path("reason").asText()).isEqualTo("already-admitted");
  }

  @Test
  void theAttendanceCountsByGateAndMinute() {
    evening.open(Duration.ofHours(-1), Duration.ofHours(1), true);
    String ticket = evening.ticket();
    evening.send(
        evening.scan(1, ticket),
        evening.scan(2, ticket),
        evening.scan(3, evening.ticket()),
        evening.scan(4, ticket).replace("}", ", \"direction\": \"out\"}"));
    JsonNode attendance = get("/v1/concerts/" + evening.concertId() + "/attendance").body();
    assertThat(attendance.path("total").toString())
        .isEqualTo("{\"inside\":1,\"admitted\":2,\"left\":1,\"refused\":1}");
    assertThat(attendance.path("gates").get(0).path("gate").asText()).isEqualTo(evening.gate());
    assertThat(
            attendance.path("minutes").findValues("admitted").stream()
                .mapToInt(JsonNode::asInt)
                .sum())
        .isEqualTo(2);
    assertThat(get("/v1/concerts/" + UUID.randomUUID() + "/attendance").status()).isEqualTo(404);
  }

  @Test
  void anOperatorSkipsAMissingScan() {
    evening.send(evening.scan(1, evening.ticket()));
    assertThat(first(evening.send(evening.scan(3, evening.ticket()))).path("expected").asInt())
        .isEqualTo(2);
    String path = "/v1/gates/" + evening.gate();
    assertThat(get(path).body().path("parked").asInt()).isEqualTo(1);
    Answer skipped = APPLICATION.client().post(path + "/skip", "{\"series\": 1}", operator());
    assertThat(skipped.body().path("applied").asInt()).isEqualTo(1);
    assertThat(get(path).body().path("sequence").asInt()).isEqualTo(3);
    assertThat(APPLICATION.client().post(path + "/skip", "{\"series\": 2}", operator()).status())
        .isEqualTo(404);
  }

  @Test
  void gatesAreListedInPages() {
    evening.register(evening.gate() + "-b");
    JsonNode page = get("/v1/gates?limit=1&after=" + evening.gate()).body();
    assertThat(page.path("items").get(0).path("name").asText()).isEqualTo(evening.gate() + "-b");
    assertThat(get("/v1/gates/nowhere").status()).isEqualTo(404);
    Answer unknown =
        APPLICATION
            .client()
            .send(
                "PUT",
                "/v1/gates/east",
                "{\"concertId\": \"%s\"}".formatted(UUID.randomUUID()),
                operator());
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(evening.register("North").status()).isEqualTo(422);
  }

  @Test
  void theEntryWindowIsTheUsualOneUntilItIsSet() {
    String concert = APPLICATION.client().createConcert(1, operator()).path("id").asText();
    String path = "/v1/concerts/" + concert + "/entry";
    JsonNode usual = APPLICATION.client().get(path).body();
    assertThat(usual.path("opensAt").asText()).isEqualTo("2040-06-01T16:00:00Z");
    assertThat(usual.path("closesAt").asText()).isEqualTo("2040-06-02T01:00:00Z");
    assertThat(evening.open(Duration.ofHours(1), Duration.ofHours(1).negated(), false).status())
        .isEqualTo(422);
    assertThat(APPLICATION.client().get("/v1/concerts/" + UUID.randomUUID() + "/entry").status())
        .isEqualTo(404);
  }

  @Test
  void onlyDevicesAndOperatorsScanAndDevicesDoNothingElse() {
    String batch = "{\"scans\": [%s]}".formatted(evening.scan(1, evening.ticket()));
    ApiClient client = APPLICATION.client();
    assertThat(client.post("/v1/scans", batch).status()).isEqualTo(401);
    assertThat(client.post("/v1/scans", batch, "Authorization", "Bearer wrong").status())
        .isEqualTo(401);
    assertThat(client.post("/v1/scans", batch, operator()).status()).isEqualTo(200);
    Answer create = client.post("/v1/concerts", Bodies.concert(1), Evening.device());
    assertThat(create.status()).isEqualTo(403);
    assertThat(create.text("code")).isEqualTo("role-missing");
    assertThat(client.get("/v1/scan-conflicts", Evening.device()).status()).isEqualTo(403);
  }

  @Test
  void aBatchOfAThousandFitsAndALargerOneDoesNot() {
    StringBuilder scans = new StringBuilder(evening.scan(1, UUID.randomUUID().toString()));
    for (int i = 2; i <= 1_000; i++) {
      scans.append(',').append(evening.scan(i, UUID.randomUUID().toString()));
    }
    assertThat(evening.send(scans.toString()).body().path("results")).hasSize(1_000);
    assertThat(evening.send(scans + "," + evening.scan(1_001, "x")).status()).isEqualTo(422);
    assertThat(
            APPLICATION.client().post("/v1/scans", "{\"scans\": [%s]}".formatted(scans)).status())
        .isEqualTo(413);
  }
}
