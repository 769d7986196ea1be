package io.boxoffice.platform.error;

import static io.boxoffice.platform.error.Problems.assertProblem;
import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.TestApplication;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that invalid input is rejected with a problem that names the error, and that nothing is
 * written.
 */
class BadInputApplicationTest {
  @RegisterExtension private static final TestApplication APPLICATION = TestApplication.shipped();

  private static final int CAPACITY = 50;

  private static ApiClient api;
  private static String concertId;
  private static int concerts;

  @BeforeAll
  static void createConcert() {
    api = APPLICATION.client();
    JsonNode concert = api.createConcert(CAPACITY, operator());
    concertId = concert.path("id").asText();
    concerts = countConcerts();
  }

  @AfterEach
  void nothingIsWritten() {
    assertThat(countConcerts()).isEqualTo(concerts);
    assertThat(api.get("/v1/concerts/" + concertId).body().path("available").asInt())
        .isEqualTo(CAPACITY);
  }

  static Stream<Arguments> purchases() {
    String longEmail = "a".repeat(64) + "@" + "b".repeat(63) + "." + "c".repeat(126);
    assertThat(longEmail).hasSize(255);
    return Stream.of(
        Arguments.of("quantity", purchase("\"ada@example.com\"", "0")),
        Arguments.of("quantity", purchase("\"ada@example.com\"", "-1")),
        Arguments.of("quantity", purchase("\"ada@example.com\"", "11")),
        Arguments.of("quantity", purchase("\"ada@example.com\"", "101")),
        Arguments.of("quantity", purchase("\"ada@example.com\"", "2147483648")),
        Arguments.of("quantity", purchase("\"ada@example.com\"", "99999999999999999999")),
        Arguments.of("quantity", purchase("\"ada@example.com\"", "1.5")),
        Arguments.of("quantity", purchase("\"ada@example.com\"", "1e0")),
        Arguments.of("quantity", purchase("\"ada@example.com\"", "\"2\"")),
        Arguments.of("quantity", purchase("\"ada@example.com\"", "null")),
        Arguments.of("quantity", purchase("\"ada@example.com\"", "true")),
        Arguments.of("quantity", purchase("\"ada@example.com\"", "[1]")),
        Arguments.of("quantity", "{\"email\": \"ada@example.com\"}"),
        Arguments.of("email", "{\"quantity\": 1}"),
        Arguments.of("email", purchase("null", "1")),
        Arguments.of("email", purchase("5", "1")),
        Arguments.of("email", purchase("\"\"", "1")),
        Arguments.of("email", purchase("\"ada.example.com\"", "1")),
        Arguments.of("email", purchase("\"ada@\"", "1")),
        Arguments.of("email", purchase("\"ada\\n@example.com\"", "1")),
        Arguments.of("email", purchase("\"ada@example.com\\n\"", "1")),
        Arguments.of("email", purchase("\"ada\\u0000@example.com\"", "1")),
        Arguments.of("email", purchase("\"ada\\ud800@example.com\"", "1")),
        Arguments.of("email", purchase("\"" + longEmail + "\"", "1")),
        Arguments.of("ticketTypeId", withType("\"not-an-id\"")),
        Arguments.of("ticketTypeId", withType("7")),
        Arguments.of("ticketTypeId", withType("\"00000000-0000-7000-8000-000000000000\"")),
        Arguments.of("coupon", "{\"email\": \"ada@example.com\", \"quantity\": 1, \"coupon\": 1}"),
        Arguments.of("body", "[]"),
        Arguments.of("body", "\"text\""),
        Arguments.of("body", "{\"email\": \"ada@example.com\", \"quantity\": 1} {}"),
        Arguments.of("body", "null"),
        Arguments.of("body", ""));
  }

  @ParameterizedTest
  @MethodSource("purchases")
  void anInvalidPurchaseIsRejectedWithTheField(String field, String body) {
    assertInvalid(buy(body), field);
  }

  static Stream<Arguments> concerts() {
    String valid = Bodies.concert(5);
    return Stream.of(
        Arguments.of("title", valid.replace("Autumn Tour", "")),
        Arguments.of("title", valid.replace("Autumn Tour", "   ")),
        Arguments.of("title", valid.replace("Autumn Tour", "x".repeat(201))),
        Arguments.of("title", valid.replace("Autumn Tour", "a\\u0000b")),
        Arguments.of("artist", valid.replace("The Reading Lamps", "a\\udc00b")),
        Arguments.of("venue", valid.replace("Halle 7", "a\\tb")),
        Arguments.of("startsAt", valid.replace("2040-06-01T19:00:00Z", "2040-06-01T19:00:00")),
        Arguments.of("startsAt", valid.replace("2040-06-01T19:00:00Z", "2040-06-01")),
        Arguments.of("startsAt", valid.replace("2040-06-01T19:00:00Z", "2040-02-30T19:00:00Z")),
        Arguments.of("startsAt", valid.replace("2040-06-01T19:00:00Z", "+12040-06-01T19:00:00Z")),
        Arguments.of("startsAt", valid.replace("2040-06-01T19:00:00Z", "2020-06-01T19:00:00Z")),
        Arguments.of("startsAt", valid.replace("\"2040-06-01T19:00:00Z\"", "1900000000")),
        Arguments.of("salesOpenAt", withField("salesOpenAt", "2040-06-01T19:00:00Z")),
        Arguments.of("salesCloseAt", withField("salesCloseAt", "2040-06-01T19:00:01Z")),
        Arguments.of("salesCloseAt", withField("salesCloseAt", "2020-01-01T00:00:00Z")),
        Arguments.of(
            "salesOpenAt",
            withField("salesOpenAt", "2039-01-02T00:00:00Z")
                .replace(
                    "{\"salesOpenAt",
                    "{\"salesCloseAt\": \"2039-01-01T00:00:00Z\", \"salesOpenAt")),
        Arguments.of("maxPerPurchase", valid.replaceFirst("\\{", "{\"maxPerPurchase\": 0,")),
        Arguments.of("maxPerPurchase", valid.replaceFirst("\\{", "{\"maxPerPurchase\": 101,")),
        Arguments.of("ticketTypes[0].price.amount", valid.replace("4500", "-1")),
        Arguments.of("ticketTypes[0].price.amount", valid.replace("4500", "1000000001")),
        Arguments.of("ticketTypes[0].price.amount", valid.replace("4500", "45.00")),
        Arguments.of("ticketTypes[0].price.currency", valid.replace("EUR", "EURO")),
        Arguments.of("ticketTypes[0].price.currency", valid.replace("EUR", "eur")),
        Arguments.of("ticketTypes[0].price.currency", valid.replace("EUR", "XAU")),
        Arguments.of("ticketTypes[0].capacity", Bodies.concert(0)),
        Arguments.of("ticketTypes[0].capacity", Bodies.concert(1_000_001)),
        Arguments.of("ticketTypes[0].name", valid.replace("Standing", "")),
        Arguments.of("ticketTypes[0].colour", valid.replace("\"name\"", "\"colour\": 1, \"name\"")),
        Arguments.of("ticketTypes[1].name", Bodies.concertOfTwoTypes("Standing", "STANDING")),
        Arguments.of("ticketTypes", valid.replaceFirst("(?s)\\[.*\\]", "[]")),
        Arguments.of("ticketTypes", valid.replaceFirst("(?s)\\[.*\\]", "{}")));
  }

  @ParameterizedTest
  @MethodSource("concerts")
  void anInvalidConcertIsRejectedWithTheField(String field, String body) {
    assertInvalid(api.post("/v1/concerts", body, operator()), field);
  }

  @Test
  void oneProblemListsEveryWrongField() {
    Answer answer =
        api.post(
            "/v1/concerts",
            Bodies.concert(0).replace("Autumn Tour", "").replace("4500", "-1"),
            operator());
    assertThat(answer.body().path("errors").findValuesAsText("field"))
        .contains("title", "ticketTypes[0].capacity", "ticketTypes[0].price.amount");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"email\": \"ada@example.com\", \"quantity\":",
        "{\"email\": \"a@example.com\", \"email\": \"b@example.com\", \"quantity\": 1}",
        "{'email': 'ada@example.com'}",
        "quantity=1",
      })
  void aBodyThatIsNotJsonIsMalformed(String body) {
    assertProblem(buy(body), 400, "malformed-json");
  }

  @Test
  void deepNestingIsRejected() {
    assertThat(buy("[".repeat(30_000)).status()).isIn(400, 422);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0,limit",
    "limit=-1,limit",
    "limit=10000,limit",
    "limit=x,limit",
    "limit=1.5,limit",
    "limit=99999999999,limit",
    "after=forged,after",
    "after=%00,after",
    "onSale=maybe,onSale",
  })
  void anInvalidQueryIsRejectedWithTheParameter(String query, String parameter) {
    assertInvalid(api.get("/v1/concerts?" + query), parameter);
  }

  @ParameterizedTest
  @CsvSource({
    "email=a%00b@example.com,email",
    "email=x,email",
    "concertId=nope,concertId",
    "limit=0,limit",
  })
  void anInvalidSearchIsRejectedWithTheParameter(String query, String parameter) {
    assertInvalid(api.get("/v1/purchases?" + query, operator()), parameter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/xml", "nonsense", "application/x-www-form-urlencoded"})
  void anotherContentTypeIsRejected(String type) {
    Answer answer =
        api.post(
            "/v1/concerts/" + concertId + "/purchases", Bodies.purchase(1), "Content-Type", type);
    assertThat(answer.status()).isIn(415, 400);
    assertThat(answer.header("Content-Type")).isEqualTo(Problem.MEDIA_TYPE);
  }

  @Test
  void anInvalidKeyIsRejected() {
    for (String key : List.of("", " ", "\"\"", "k".repeat(300), "a b")) {
      assertInvalid(api.buy(concertId, 1, "Idempotency-Key", key), "Idempotency-Key");
    }
  }

  @Test
  void anInvalidCapacityOrTypeIsRejected() {
    assertInvalid(
        api.send(
            "PATCH",
            "/v1/concerts/" + concertId,
            "{\"ticketTypes\": [{\"id\": \"00000000-0000-7000-8000-000000000000\", \"capacity\": 0}]}",
            operator()),
        "ticketTypes[0].capacity");
    assertInvalid(
        api.send(
            "PATCH",
            "/v1/concerts/" + concertId,
            "{\"ticketTypes\": [{\"id\": \"00000000-0000-7000-8000-000000000000\", \"capacity\": 5}]}",
            operator()),
        "ticketTypes[0].id");
  }

  private static Answer buy(String body) {
    return api.post("/v1/concerts/" + concertId + "/purchases", body);
  }

  private static void assertInvalid(Answer answer, String field) {
    assertProblem(answer, 422, "validation-failed");
    assertThat(answer.body().path("errors").findValuesAsText("field")).contains(field);
  }

  private static int countConcerts() {
    return api.get("/v1/concerts?limit=100").body().path("items").size();
  }

  private static String purchase(String email, String quantity) {
    return "{\"email\": %s, \"quantity\": %s}".formatted(email, quantity);
  }

  private static String withType(String ticketTypeId) {
    return "{\"email\": \"ada@example.com\", \"quantity\": 1, \"ticketTypeId\": %s}"
        .formatted(ticketTypeId);
  }

  private static String withField(String field, String value) {
    return Bodies.concert(5).replaceFirst("\\{", "{\"" + field + "\": \"" + value + "\", ");
  }
}
