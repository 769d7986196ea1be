package io.boxoffice.concert;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.TestApplication;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcertApplicationTest {
  @RegisterExtension private static final TestApplication APPLICATION = TestApplication.shipped();

  private ApiClient api;

  @BeforeEach
  void connect() {
    api = APPLICATION.client();
  }

  @Test
  void aConcertIsCreatedReadChangedAndRemoved() {
    JsonNode created = api.createConcert(100, operator());
    String path = "/v1/concerts/" + created.path("id").asText();

    assertThat(created.path("salesCloseAt")).isEqualTo(created.path("startsAt"));
    assertThat(created.path("maxPerPurchase").asInt()).isEqualTo(10);
    assertThat(api.get(path).body()).isEqualTo(created);

    Answer changed =
        change(path, "{\"title\": \"Winter Tour\", \"startsAt\": \"2041-01-01T20:00:00+01:00\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.text("title")).isEqualTo("Winter Tour");
    assertThat(changed.text("startsAt")).isEqualTo("2041-01-01T19:00:00Z");
    assertThat(changed.text("salesCloseAt")).isEqualTo("2041-01-01T19:00:00Z");
    assertThat(changed.text("venue")).isEqualTo("Halle 7");

    assertThat(api.send("DELETE", path, null, operator()).status()).isEqualTo(204);
    assertThat(api.get(path).status()).isEqualTo(404);
    assertThat(api.send("DELETE", path, null, operator()).status()).isEqualTo(404);
  }

  @Test
  void capacityMayFallToTheNumberSoldAndNoFurther() {
    JsonNode concert = api.createConcert(100, operator());
    String path = "/v1/concerts/" + concert.path("id").asText();
    String typeId = concert.path("ticketTypes").get(0).path("id").asText();
    api.buy(concert.path("id").asText(), 3);

    Answer below = change(path, capacity(typeId, 2));
    assertThat(below.status()).isEqualTo(409);
    assertThat(below.text("code")).isEqualTo("capacity-below-sold");
    assertThat(below.body().path("sold").asInt()).isEqualTo(3);
    assertThat(api.get(path).body().path("available").asInt()).isEqualTo(97);

    assertThat(change(path, capacity(typeId, 3)).body().path("available").asInt()).isZero();
    assertThat(change(path, capacity(typeId, 200)).body().path("available").asInt()).isEqualTo(197);
    assertThat(APPLICATION.database().stockInvariantViolations()).isZero();
  }

  @Test
  void aConcertWithPurchasesCannotBeDeleted() {
    String concertId = api.createConcert(5, operator()).path("id").asText();
    Answer bought = api.buy(concertId, 1);
    api.post(bought.header("Location") + "/cancellation", "");

    Answer refused = api.send("DELETE", "/v1/concerts/" + concertId, null, operator());

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("concert-has-sales");
    assertThat(api.get(bought.header("Location")).status()).isEqualTo(200);
  }

  @Test
  void pagesGiveEveryConcertOnceInOrderOfCreation() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(api.createConcert(1, operator()).path("id").asText());
    }
    List<String> seen = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = api.get("/v1/concerts?limit=2" + after).body();
      page.path("items").forEach(concert -> seen.add(concert.path("id").asText()));
      after = page.path("next").isNull() ? null : "&after=" + page.path("next").asText();
    } while (after != null);

    assertThat(seen).containsSubsequence(sortedById(made)).doesNotHaveDuplicates();
    assertThat(new HashSet<>(seen)).containsAll(made);
  }

  @Test
  void onSaleSelectsConcertsWithOpenSales() {
    String open = api.createConcert(1, operator()).path("id").asText();
    String closed = api.createConcert(1, operator()).path("id").asText();
    change("/v1/concerts/" + closed, "{\"salesOpenAt\": \"2039-01-01T00:00:00Z\"}");

    assertThat(api.get("/v1/concerts?limit=100&onSale=true").raw().body())
        .contains(open)
        .doesNotContain(closed);
    assertThat(api.get("/v1/concerts?limit=100&onSale=false").raw().body())
        .contains(closed)
        .doesNotContain(open);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  void anUnchangedResponseIsNotSentAgain(String separator) {
    String concertId = api.createConcert(5, operator()).path("id").asText();
    String path = "/v1/concerts" + (separator.isEmpty() ? "?limit=100" : "/" + concertId);
    String tag = api.get(path).header("ETag");

    Answer unchanged = api.get(path, "If-None-Match", tag);
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.raw().body()).isEmpty();

    api.buy(concertId, 1);
    Answer changed = api.get(path, "If-None-Match", tag);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag")).isNotEqualTo(tag);
  }

  @Test
  void everyRequestThatChangesAConcertNeedsTheToken() {
    String path = "/v1/concerts/" + api.createConcert(5, operator()).path("id").asText();
    for (Answer refused :
        List.of(
            api.post("/v1/concerts", "{}"),
            api.send("PATCH", path, "{}"),
            api.send("DELETE", path, null),
            api.send("DELETE", path, null, "Authorization", "Bearer wrong"))) {
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.text("code")).isEqualTo("unauthorized");
      assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
    }
    assertThat(api.get(path).status()).isEqualTo(200);
  }

  private Answer change(String path, String body) {
    return api.send("PATCH", path, body, operator());
  }

  private static String capacity(String typeId, int capacity) {
    return "{\"ticketTypes\": [{\"id\": \"%s\", \"capacity\": %d}]}".formatted(typeId, capacity);
  }

  private static List<String> sortedById(List<String> ids) {
    return ids.stream().sorted().toList();
  }
}
