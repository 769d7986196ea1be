package io.boxoffice.warmup;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests the warm-up of a replica whose simulation would delay every purchase for seconds, and whose
 * rate limit would refuse all but nine requests.
 */
class WarmUpApplicationTest {
  @RegisterExtension
  static final TestApplication service =
      TestApplication.shipped()
          .with("warmUp", "2s")
          .with("simulation.profile", "realistic")
          .with("rateLimits", "[{\"name\": \"all\", \"quota\": 9, \"window\": \"1d\"}]");

  @Test
  void warmsUpBeforeItIsReadyAndKeepsNothing() {
    ApiClient client = service.client();
    assertThat(client.get("/health?type=ready").status()).isEqualTo(503);
    assertThat(client.get("/health?type=alive").status()).isEqualTo(200);

    // A client that does not wait for readiness gets its response from the real desk.
    String concert = client.createConcert(5, operator()).get("id").textValue();
    assertThat(client.buy(concert, 1).status()).isIn(201, 409);

    Eventually.within(
        Duration.ofSeconds(20), () -> client.get("/health?type=ready").status() == 200);
    assertThat(count("concerts")).isEqualTo(1);
    assertThat(count("purchases")).isLessThanOrEqualTo(1);
    Eventually.within(Duration.ofSeconds(20), () -> keysLookedUp() > 0);

    String metrics = service.adminClient().get("/metrics").raw().body();
    assertThat(metrics)
        .doesNotContainPattern("http_requests_total\\{method=\"POST\".*purchases.*} [0-9]{2,}")
        .doesNotContainPattern("purchases_total\\{.*} [1-9][0-9]")
        .doesNotContainPattern("simulation_delays_total\\{.*} [1-9][0-9]")
        .contains("http_limited_requests_total{policy=\"all\",} 0.0");
    assertThat(client.get("/v1/concerts").header("RateLimit")).startsWith("\"all\";r=7;");
  }

  private static int count(String table) {
    return query("SELECT count(*) FROM " + table);
  }

  /** Returns how often a key was looked up. The warm-up alone sends keys in this test. */
  private static int keysLookedUp() {
    return query(
        "SELECT idx_scan FROM pg_stat_user_indexes"
            + " WHERE indexrelname = 'purchases_key_of_concert'");
  }

  private static int query(String sql) {
    return service
        .database()
        .jdbi()
        .withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }
}
