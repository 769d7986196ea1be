package io.boxoffice.platform.metrics;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricsApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped().with("invariantCheckInterval", "1s");

  @Test
  void requestsAndSalesAreCounted() {
    ApiClient api = APPLICATION.client();
    String concertId = api.createConcert(5, operator()).path("id").asText();
    String receipt = api.buy(concertId, 2, "Idempotency-Key", "counted").header("Location");
    api.buy(concertId, 2, "Idempotency-Key", "counted");
    api.buy(concertId, 4);
    api.get("/v1/concerts/" + concertId);
    api.get("/nope/" + concertId);
    api.send("PURGE", "/v1/concerts", null);
    api.get("/health?type=alive");
    api.post(receipt + "/cancellation", "");
    api.post(receipt + "/cancellation", "");

    awaitSample("purchases_total{outcome=\"sold\",} 1.0");
    awaitSample("purchases_total{outcome=\"replayed\",} 1.0");
    awaitSample("purchases_total{outcome=\"sold_out\",} 1.0");
    awaitSample("purchases_total{outcome=\"failed\",} 0.0");
    awaitSample("tickets_sold_total 2.0");
    awaitSample("tickets_returned_total 2.0");
    awaitSample("tickets_available 5.0");
    awaitSample(
        "http_requests_total{method=\"POST\",route=\"/v1/concerts/{concertId}/purchases\",status=\"201\",simulated=\"none\",} 2.0");
    awaitSample(
        "http_requests_total{method=\"GET\",route=\"unmatched\",status=\"404\",simulated=\"none\",} 1.0");
    awaitSample(
        "http_requests_total{method=\"other\",route=\"unmatched\",status=\"405\",simulated=\"none\",} 1.0");
    awaitSample(
        "http_request_duration_seconds_count{method=\"POST\",route=\"/v1/concerts/{concertId}/purchases\",simulated=\"none\",} 3.0");
    awaitSample(
        "http_request_duration_seconds_bucket{method=\"GET\",route=\"/v1/concerts/{concertId}\",simulated=\"none\",le=\"0.3\",} 1.0");
    awaitSample(
        "http_requests_total{method=\"GET\",route=\"/health\",status=\"200\",simulated=\"none\",} 1.0");
    awaitSample("http_requests_in_flight 0.0");
    awaitSample("database_pool_connections{state=\"waiting\",} 0.0");
    awaitSample("database_pool_max_connections 16.0");
    awaitSample("database_statement_seconds_count{statement=\"PurchaseDao.ticketTypeIds\",} 1.0");
    awaitSample("health_check_healthy{check=\"postgresql\",} 1.0");
    awaitSample("simulation_active{profile=\"off\",} 1.0");
    awaitSample("sales_desk_queue_depth 0.0");
    awaitSample("sales_desk_queue_limit 20000.0");
    awaitSample("sales_desk_batch_size_count");
    awaitSample("sales_desk_settle_seconds_count");
    awaitSample("sales_desk_wait_seconds_count");
    awaitSample("stock_invariant_violations 0.0");
    awaitSample("jvm_memory_bytes_used");
    awaitSample("process_cpu_seconds_total");
    assertThat(scrape()).doesNotContain(concertId);
  }

  /**
   * Waits for a sample: a request is counted when Jetty has finished it, and the client may see the
   * response a moment earlier.
   */
  private static void awaitSample(String sample) {
    try {
      Eventually.within(Duration.ofSeconds(5), () -> scrape().contains(sample));
    } catch (AssertionError missing) {
      throw new AssertionError(sample + " is missing in\n" + scrape(), missing);
    }
  }

  private static String scrape() {
    return APPLICATION.adminClient().get("/metrics").raw().body();
  }
}
