package io.boxoffice.concert;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that the cache serves requests from memory for at most 1 s. */
class ConcertCacheApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped().with("concertCacheMaxAge", "1s");

  @Test
  void aPurchaseIsVisibleWithinASecondAndAnOperatorsChangeAtOnce() {
    ApiClient api = APPLICATION.client();
    String concertId = api.createConcert(10, operator()).path("id").asText();
    String path = "/v1/concerts/" + concertId;
    assertThat(api.get(path).body().path("available").asInt()).isEqualTo(10);

    api.buy(concertId, 1);
    Eventually.within(
        Duration.ofSeconds(2), () -> api.get(path).body().path("available").asInt() == 9);

    api.send("PATCH", path, "{\"title\": \"Renamed\"}", operator());
    assertThat(api.get(path).text("title")).isEqualTo("Renamed");
    assertThat(api.get("/v1/concerts").raw().body()).contains("Renamed");

    api.send("DELETE", "/v1/concerts/" + deletable(api), null, operator());
  }

  @Test
  void aThousandReadRequestsCostAFewQueries() {
    ApiClient api = APPLICATION.client();
    String path = "/v1/concerts/" + deletable(api);
    long before = transactions();
    for (int i = 0; i < 1000; i++) {
      assertThat(api.get(path).status()).isEqualTo(200);
    }
    // Each second of the test may cost two statements; health and invariant checks cost others.
    assertThat(transactions() - before).isLessThan(200);
  }

  private static String deletable(ApiClient api) {
    return api.createConcert(10, operator()).path("id").asText();
  }

  private static long transactions() {
    return APPLICATION
        .database()
        .jdbi()
        .withHandle(
            handle -> {
              handle.execute("SELECT pg_stat_clear_snapshot()");
              return handle
                  .createQuery(
                      "SELECT xact_commit + xact_rollback FROM pg_stat_database"
                          + " WHERE datname = current_database()")
                  .mapTo(Long.class)
                  .one();
            });
  }
}
