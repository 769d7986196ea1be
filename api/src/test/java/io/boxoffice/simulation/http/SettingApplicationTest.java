package io.boxoffice.simulation.http;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.simulation.SimulationClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests over HTTP how an operator reads, changes and previews the setting, and its history. */
class SettingApplicationTest {
  @RegisterExtension private static final TestApplication APPLICATION = TestApplication.shipped();

  private static final SimulationClient SIMULATION = new SimulationClient(APPLICATION);
  private static final String PREVIEW = SimulationClient.PATH + "/preview";
  private static final String HISTORY = SimulationClient.PATH + "/history";

  @AfterEach
  void turnOff() {
    assertThat(SIMULATION.put("{}").status()).isEqualTo(200);
  }

  @Test
  void profileNameActivatesAProfile() {
    Answer answer = SIMULATION.put("{\"activeProfile\": \"realistic\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("activeProfile")).isEqualTo("realistic");
    assertThat(answer.header("ETag")).isEqualTo(SIMULATION.get().header("ETag"));
    assertThat(names(answer.body().path("profiles")))
        .containsExactly(
            "off", "realistic", "regular", "slow-payment", "brown-out", "lost-answers", "on-sale");
    assertThat(SIMULATION.get().body()).isEqualTo(answer.body());
    SIMULATION.awaitMetric("simulation_setting_version " + answer.text("version"));
    SIMULATION.awaitMetric("simulation_active{profile=\"realistic\",} 1.0");
    assertThat(SIMULATION.metrics()).containsOnlyOnce("\nsimulation_active{");
    Instant changedAt = Instant.parse(answer.text("changedAt"));
    SIMULATION.awaitMetric(
        "simulation_changed_timestamp_seconds "
            + (changedAt.getEpochSecond() + changedAt.getNano() / 1e9));
  }

  @Test
  void settingThatWasReadCanBeSentBack() {
    Answer read = SIMULATION.put("{\"activeProfile\": \"brown-out\", \"seed\": 7}");

    Answer back = SIMULATION.put(read.raw().body(), "If-Match", read.header("ETag"));

    assertThat(back.status()).isEqualTo(200);
    assertThat(back.body().path("profiles")).isEqualTo(read.body().path("profiles"));
    assertThat(back.text("seed")).isEqualTo("7");
  }

  @Test
  void staleIfMatchIsRejectedAndChangesNothing() {
    Answer read = SIMULATION.get();
    SIMULATION.put("{\"activeProfile\": \"regular\"}", "If-Match", read.header("ETag"));

    Answer stale =
        SIMULATION.put("{\"activeProfile\": \"realistic\"}", "If-Match", read.header("ETag"));

    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.text("code")).isEqualTo("precondition-failed");
    assertThat(SIMULATION.get().text("activeProfile")).isEqualTo("regular");
    assertThat(SIMULATION.put("{\"activeProfile\": \"off\"}", "If-Match", "*").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'expiresIn': '0s' | expiresIn",
        "'expiresIn': 0 | expiresIn",
        "'reason': '' | reason",
        "'speed': 3 | speed",
        "'activeProfile': 'fast' | activeProfile",
        "'profiles': {'p': [{'id': 'r', 'match': {'path': '/v1/gigs'}}]} | profiles.p[0].match.path",
        "'profiles': {'p': [{'id': 'r', 'match': {'path': '/health'}}]} | profiles.p[0].match.path",
      })
  void errorIsReportedWithItsPathAndChangesNothing(String mistake, String path) {
    Answer before = SIMULATION.get();

    Answer answer = SIMULATION.put("{%s}".formatted(mistake.replace('\'', '"')));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("code")).isEqualTo("validation-failed");
    assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo(path);
    assertThat(SIMULATION.get().body()).isEqualTo(before.body());
  }

  @Test
  void tenThousandRulesAreRejected() {
    String rules =
        IntStream.range(0, 10_000)
            .mapToObj("{\"id\": \"rule-%d\", \"denial\": {\"percent\": 1}}"::formatted)
            .collect(Collectors.joining(","));

    Answer answer = SIMULATION.put("{\"profiles\": {\"p\": [%s]}}".formatted(rules));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo("profiles.p");
  }

  @ParameterizedTest
  @CsvSource({"[]", "null", "3", "\"off\""})
  void bodyThatIsNotAnObjectIsRejected(String body) {
    assertThat(SIMULATION.put(body).status()).isEqualTo(422);
  }

  @Test
  void bodyThatIsNotJsonIsMalformed() {
    assertThat(SIMULATION.put("{\"seed\": ").text("code")).isEqualTo("malformed-json");
    assertThat(SIMULATION.put("").status()).isIn(400, 422);
  }

  @Test
  void requestWithoutATokenReadsAndChangesNothing() {
    assertThat(SIMULATION.api().get(SimulationClient.PATH).status()).isEqualTo(401);
    assertThat(SIMULATION.api().send("PUT", SimulationClient.PATH, "{}").status()).isEqualTo(401);
    assertThat(SIMULATION.api().get(PREVIEW).status()).isEqualTo(401);
    assertThat(SIMULATION.api().post(PREVIEW, "{}").status()).isEqualTo(401);
    assertThat(SIMULATION.api().get(HISTORY).status()).isEqualTo(401);
  }

  @Test
  void previewShowsTheEffectOfAProfile() {
    Answer answer = SIMULATION.api().get(PREVIEW + "?profile=realistic", operator());

    assertThat(answer.status()).isEqualTo(200);
    JsonNode rule = answer.body().at("/phases/0/rules/0");
    assertThat(rule.path("deniedShare").asDouble()).isEqualTo(0.099);
    assertThat(rule.at("/delay/p50").asDouble()).isEqualTo(2.5);
    assertThat(SIMULATION.api().get(PREVIEW + "?profile=fast", operator()).status()).isEqualTo(422);
  }

  @Test
  void previewOfANewSettingDoesNotApplyIt() {
    Answer before = SIMULATION.get();

    Answer preview =
        SIMULATION
            .api()
            .post(
                PREVIEW,
                """
                {"activeProfile": "p", "profiles": {"p": [
                  {"id": "r", "delay": {"distribution": {"type": "fixed", "value": "2s"}}}]}}
                """,
                operator());

    assertThat(preview.body().at("/phases/0/rules/0/delay/p99").asDouble()).isEqualTo(2);
    assertThat(SIMULATION.get().body()).isEqualTo(before.body());
    assertThat(SIMULATION.api().post(PREVIEW, "{\"seed\": true}", operator()).status())
        .isEqualTo(422);
  }

  @Test
  void historyContainsAuthorTimeReasonAndChanges() {
    SIMULATION.put("{\"activeProfile\": \"regular\"}");
    Answer change =
        SIMULATION.put(
            "{\"activeProfile\": \"realistic\", \"reason\": \"rehearsal\", \"expiresIn\": \"1h\"}",
            "From",
            "ada@example.com");

    JsonNode item = SIMULATION.api().get(HISTORY + "?limit=1", operator()).body().at("/items/0");

    assertThat(item.path("version")).isEqualTo(change.body().path("version"));
    assertThat(item.path("by").asText()).startsWith("ada@example.com at ");
    assertThat(item.path("reason").asText()).isEqualTo("rehearsal");
    assertThat(item.path("at").asText()).isEqualTo(change.text("changedAt"));
    assertThat(item.path("expiresAt").asText()).isEqualTo(change.text("expiresAt"));
    assertThat(item.path("changes").toString())
        .isEqualTo("[{\"path\":\"activeProfile\",\"before\":\"regular\",\"after\":\"realistic\"}]");
  }

  @Test
  void historyIsPaged() {
    SIMULATION.put("{\"activeProfile\": \"regular\"}");
    JsonNode first = SIMULATION.api().get(HISTORY + "?limit=1", operator()).body();
    JsonNode second =
        SIMULATION
            .api()
            .get(HISTORY + "?limit=1&before=" + first.path("next").asText(), operator())
            .body();

    assertThat(second.at("/items/0/version").asLong())
        .isEqualTo(first.at("/items/0/version").asLong() - 1);
  }

  @Test
  void settingWithATimeLimitExpires() {
    SIMULATION.put("{\"activeProfile\": \"regular\"}");
    Answer limited = SIMULATION.put("{\"activeProfile\": \"realistic\", \"expiresIn\": \"1s\"}");
    assertThat(limited.text("activeProfile")).isEqualTo("realistic");
    long version = limited.body().path("version").asLong();

    Eventually.within(
        Duration.ofSeconds(4),
        () -> SIMULATION.get().body().path("version").asLong() == version + 1);

    assertThat(SIMULATION.get().text("activeProfile")).isEqualTo("regular");
    JsonNode item = SIMULATION.api().get(HISTORY + "?limit=1", operator()).body().at("/items/0");
    assertThat(item.path("by").asText()).isEqualTo("the simulation itself");
    assertThat(item.path("reason").asText()).isEqualTo("version %d expired".formatted(version));
  }

  @Test
  void requestSelectsAProfileOnlyWhenTheSettingAllowsIt() {
    String concert = SIMULATION.concert();
    String deny = "\"profiles\": {\"no\": [{\"id\": \"no\", \"denial\": {\"percent\": 100}}]}";

    SIMULATION.put("{%s}".formatted(deny));
    assertThat(SIMULATION.api().buy(concert, 1, "Simulation-Profile", "no").status())
        .as("not by default on an external database")
        .isEqualTo(201);

    SIMULATION.put("{\"allowProfileHeader\": true, %s}".formatted(deny));
    assertThat(SIMULATION.api().buy(concert, 1, "Simulation-Profile", "no").status())
        .isEqualTo(409);
    assertThat(SIMULATION.api().buy(concert, 1).status()).isEqualTo(201);
    Answer unknown = SIMULATION.api().buy(concert, 1, "Simulation-Profile", "nowhere");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.body().at("/errors/0/field").asText()).isEqualTo("Simulation-Profile");
    assertThat(unknown.body().at("/errors/0/message").asText()).contains("off, realistic");
  }

  @Test
  void selectedProfileStaysWithinTheLimits() {
    String concert = SIMULATION.concert();
    SIMULATION.put("{\"allowProfileHeader\": true, \"limits\": {\"maxDelay\": \"100ms\"}}");

    Answer answer = SIMULATION.api().buy(concert, 1, "Simulation-Profile", "regular");

    assertThat(answer.header("Simulation")).isEqualTo("rule=slow, delay=100ms, denied=false");
  }

  @Test
  void theSameSeedDeniesTheSameRequests() {
    String concert = SIMULATION.concert();
    String half =
        "{%s \"activeProfile\": \"p\", \"profiles\": {\"p\": [{\"id\": \"half\","
            + " \"denial\": {\"percent\": 50}}]}}";

    List<Integer> first = statusesOfThirtyRequests(concert, half.formatted("\"seed\": 42,"));
    List<Integer> second = statusesOfThirtyRequests(concert, half.formatted("\"seed\": 42,"));
    List<Integer> unseeded = statusesOfThirtyRequests(concert, half.formatted(""));

    assertThat(first).contains(200, 409);
    assertThat(second).isEqualTo(first);
    assertThat(unseeded).isNotEqualTo(first);
  }

  private static List<Integer> statusesOfThirtyRequests(String concert, String setting) {
    assertThat(SIMULATION.put(setting).status()).isEqualTo(200);
    return IntStream.range(0, 30)
        .mapToObj(i -> SIMULATION.api().get("/v1/concerts/" + concert).status())
        .toList();
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }
}
