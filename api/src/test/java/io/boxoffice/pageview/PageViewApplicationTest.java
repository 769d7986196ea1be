package io.boxoffice.pageview;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks page views over HTTP, with the shipped settings: accepted at once and written soon. */
class PageViewApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped().with("rateLimits", "");

  private final ApiClient api = APPLICATION.client();

  private static String body(Object concertId) {
    return "{\"concertId\": \"%s\"}".formatted(concertId);
  }

  private static int stored(TestDatabase database, String concertId) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT count(*) FROM page_views WHERE concert_id = ?")
                    .bind(0, UUID.fromString(concertId))
                    .mapTo(int.class)
                    .one());
  }

  @Test
  void aViewIsAcceptedAndWrittenWithinAMoment() {
    String concert = api.createConcert(5, operator()).path("id").asText();
    Answer viewed = api.post("/v1/page-views", body(concert));
    assertThat(viewed.status()).isEqualTo(202);
    assertThat(viewed.raw().body()).isEmpty();
    assertThat(viewed.header("RateLimit-Policy")).isEqualTo("\"page-views\";q=600;w=60");
    Eventually.within(Duration.ofSeconds(10), () -> stored(APPLICATION.database(), concert) == 1);
  }

  @Test
  void onlyAViewOfAConcertIsAccepted() {
    Answer unknown = api.post("/v1/page-views", body("01900000-0000-7000-8000-000000000000"));
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.text("code")).isEqualTo("validation-failed");
    assertThat(unknown.body().at("/errors/0/field").asText()).isEqualTo("concertId");
    for (String wrong : List.of("{}", "{\"concertId\": null}", "{\"concertId\": 1, \"more\": 1}")) {
      assertThat(api.post("/v1/page-views", wrong).status()).as(wrong).isEqualTo(422);
    }
  }

  @Test
  void viewsOfAConcertThatIsDeletedMeanwhileHarmNoOthers() {
    String deleted = api.createConcert(5, operator()).path("id").asText();
    String other = api.createConcert(5, operator()).path("id").asText();
    assertThat(api.post("/v1/page-views", body(deleted)).status()).isEqualTo(202);
    assertThat(api.send("DELETE", "/v1/concerts/" + deleted, null, operator()).status())
        .isEqualTo(204);
    assertThat(api.post("/v1/page-views", body(deleted)).status()).isEqualTo(202);
    assertThat(api.post("/v1/page-views", body(other)).status()).isEqualTo(202);
    Eventually.within(Duration.ofSeconds(10), () -> stored(APPLICATION.database(), other) == 1);
  }

  @ParameterizedTest
  @CsvSource({"blocking, 201", "nonblocking, 201", "events, 202"})
  void anOrderlyStopLosesNoAcceptedView(String way, int status) throws Exception {
    TestDatabase database = TestDatabase.migrated();
    TestApplication stopped = TestApplication.on(database).with("communication", way).start();
    String concert;
    try {
      concert = stopped.client().createConcert(5, operator()).path("id").asText();
      List<CompletableFuture<Answer>> views =
          IntStream.range(0, 400)
              .mapToObj(i -> stopped.client().sendAsync("POST", "/v1/page-views", body(concert)))
              .toList();
      assertThat(views).extracting(view -> view.join().status()).containsOnly(status);
      if (status == 201) {
        assertThat(stored(database, concert)).isEqualTo(400);
      }
    } finally {
      stopped.stop();
    }
    assertThat(stored(database, concert)).isEqualTo(400);
  }
}
