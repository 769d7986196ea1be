package io.boxoffice.conduct;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that the service accepts what the contract's schemas allow and rejects everything else.
 */
class ContractTruthApplicationTest {
  @RegisterExtension private static final TestApplication APPLICATION = TestApplication.shipped();

  /** One code point, two UTF-16 units, four bytes. */
  private static final String BEYOND_THE_BASIC_PLANE = "\ud834\udd1e";

  private static ApiClient api;

  @BeforeAll
  static void connect() {
    api = APPLICATION.client();
  }

  private static Answer create(String from, String to) {
    String body = Bodies.concert(5);
    assertThat(body).contains(from);
    return api.post("/v1/concerts", body.replace(from, to), operator());
  }

  @ParameterizedTest
  @CsvSource({
    "Autumn Tour,200,title",
    "The Reading Lamps,200,artist",
    "Halle 7,200,venue",
    "Standing,100,ticketTypes[0].name",
  })
  void aLengthCountsCodePoints(String example, int most, String field) {
    String longest = BEYOND_THE_BASIC_PLANE.repeat(most);
    Answer created = create(example, longest);
    assertThat(created.status()).as(created.raw().body()).isEqualTo(201);
    assertThat(
            api.get("/v1/concerts/" + created.text("id"))
                .body()
                .findValuesAsText(field.replaceFirst(".*\\.", "")))
        .contains(longest);

    Answer rejected = create(example, longest + BEYOND_THE_BASIC_PLANE);
    assertThat(rejected.status()).isEqualTo(422);
    assertThat(rejected.body().at("/errors/0/field").asText()).isEqualTo(field);

    assertThat(create(example, BEYOND_THE_BASIC_PLANE).status()).isEqualTo(201);
  }

  @Test
  void aMinimumCountsCodePointsToo() {
    String concert = api.createConcert(5, operator()).path("id").asText();
    Answer rejected =
        api.post(
            "/v1/concerts/" + concert + "/purchases",
            "{\"email\": \"@%s\", \"quantity\": 1}".formatted(BEYOND_THE_BASIC_PLANE));
    assertThat(rejected.body().at("/errors").findValuesAsText("message"))
        .anyMatch(message -> message.contains("between 3 and 254"));
  }

  @ParameterizedTest
  @CsvSource({
    "2040-06-01T19:00:00Z,2040-06-01T19:00:00Z",
    "2040-06-01t19:00:00z,2040-06-01T19:00:00Z",
    "2040-06-01T19:00:00.123456789Z,2040-06-01T19:00:00.123456Z",
    "2040-06-01T19:00:00-00:00,2040-06-01T19:00:00Z",
    "2040-06-01T19:00:00+23:59,2040-05-31T19:01:00Z",
    "2040-06-01T19:00:00-23:59,2040-06-02T18:59:00Z",
    "9999-12-31T23:59:59.999999Z,9999-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59+00:01,9999-12-31T23:58:59Z",
  })
  void anRfc3339TimeIsAcceptedAndReturnedInUtc(String sent, String returned) {
    Answer created = create("2040-06-01T19:00:00Z", sent);
    assertThat(created.status()).as(created.raw().body()).isEqualTo(201);
    assertThat(created.text("startsAt")).isEqualTo(returned);
    assertThat(api.get("/v1/concerts/" + created.text("id")).text("startsAt")).isEqualTo(returned);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9999-12-31T23:59:59-00:01",
        "9999-12-31T12:00:00-18:00",
        "10000-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "2040-06-01T19:00:00+24:00",
        "2040-06-01T19:00:00+02:60",
        "2040-06-01T19:00:00+02",
        "2040-06-01T24:00:00Z",
        "2040-06-01 19:00:00Z",
        "2040-06-01T19:00Z",
        "2040-06-01T19:00:00.Z",
        "2040-06-01T19:00:00.1234567890Z",
        "",
        " ",
      })
  void anotherTimeIsRejected(String sent) {
    Answer rejected = create("2040-06-01T19:00:00Z", sent);
    assertThat(rejected.status()).as(rejected.raw().body()).isEqualTo(422);
    assertThat(rejected.body().at("/errors/0/field").asText()).isEqualTo("startsAt");
  }

  @Test
  void theFirstYearCountsInUtc() {
    String opened =
        Bodies.concert(5).replaceFirst("\\{", "{\"salesOpenAt\": \"0000-01-01T00:00:00%s\",");
    Answer created = api.post("/v1/concerts", opened.replace("%s", "Z"), operator());
    assertThat(created.text("salesOpenAt")).isEqualTo("0000-01-01T00:00:00Z");
    assertThat(api.get("/v1/concerts/" + created.text("id")).text("salesOpenAt"))
        .isEqualTo("0000-01-01T00:00:00Z");
    assertThat(api.post("/v1/concerts", opened.replace("%s", "+00:01"), operator()).status())
        .isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NaN", "Infinity", "-Infinity", "+1", ".5", "1.", "01", "0x1", "'1'", "undefined"})
  void invalidJsonIsRejectedInAnyField(String value) {
    for (String field :
        List.of("seed", "version", "phase", "changedAt", "expiresAt", "reason", "limits")) {
      String body = "{\"%s\": %s}".formatted(field, value);
      for (Answer answer :
          List.of(
              api.post("/v1/simulation/preview", body, operator()),
              api.send("PUT", "/v1/simulation", body, operator()))) {
        assertThat(answer.status()).as(body + answer.raw().body()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo("malformed-json");
      }
    }
    Answer bought =
        api.buy(api.createConcert(5, operator()).path("id").asText(), 1, "X-Unused", "x");
    assertThat(bought.status()).isEqualTo(201);
    assertThat(
            api.post(
                    "/v1/concerts/" + bought.text("concertId") + "/purchases",
                    "{\"email\": \"ada@example.com\", \"quantity\": %s}".formatted(value))
                .status())
        .isEqualTo(400);
  }
}
