package io.boxoffice.platform.metrics;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestRedis;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Checks that a running server, after all kinds of requests, exports exactly the metrics that
 * docs/metrics.md lists.
 */
class MetricsDocumentApplicationTest {
  private static final TestRedis REDIS = TestRedis.running();

  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped()
          .with("invariantCheckInterval", "1s")
          .with("redis.url", REDIS.url())
          .with("concertCacheMaxAge", "1ms")
          .with("events.rabbitmq.url", "amqp://shop:quiet@localhost:1")
          .with("payment.url", "http://localhost:1")
          .with("partners.emailUrl", "http://localhost:1")
          .with(
              "rateLimits",
              """
              [{"name": "ample", "quota": 1000000, "window": "1s", "scope": "fleet"},
               {"name": "spare", "quota": 1000000, "window": "1s"}]
              """);

  private static final Path DOCUMENT = Path.of("../docs/metrics.md");
  private static final String PROFILE = "Simulation-Profile";

  private final ApiClient api = APPLICATION.client();

  @AfterAll
  static void stopRedis() {
    REDIS.close();
  }

  @Test
  void theScrapeMatchesTheDocument() {
    sell();
    sendReads();
    sendInvalidRequests();
    simulate();
    awaitQuiet();

    assertThat(
            MetricsComparison.differences(MetricsDocument.read(DOCUMENT), Scrape.parse(scrape())))
        .isEmpty();
  }

  private void sell() {
    String concert = concert(10);
    String path = "/v1/concerts/" + concert + "/purchases";
    Answer sold = api.buy(concert, 2, "Idempotency-Key", "documented");
    assertThat(sold.status()).isEqualTo(201);
    assertThat(api.buy(concert, 2, "Idempotency-Key", "documented").status()).isEqualTo(201);
    assertThat(api.buy(concert, 3, "Idempotency-Key", "documented").status()).isEqualTo(422);
    assertThat(api.buy(concert, 9).status()).isEqualTo(409);
    assertThat(api.buy(concert, 11).status()).isEqualTo(422);
    assertThat(api.buy(UUID.randomUUID().toString(), 1).status()).isEqualTo(404);
    assertThat(api.post(path, "{\"email\": \"nobody\"}").status()).isEqualTo(422);
    assertThat(api.post(path, "{").status()).isEqualTo(400);
    api.rush(concert, 20);

    String receipt = sold.header("Location");
    assertThat(api.get(receipt).status()).isEqualTo(200);
    assertThat(api.get("/v1/tickets/" + sold.body().at("/ticketIds/0").asText()).status())
        .isEqualTo(200);
    for (int i = 0; i < 2; i++) {
      assertThat(api.post(receipt + "/cancellation", "").status()).isEqualTo(200);
    }
  }

  private void sendReads() {
    for (String path :
        new String[] {
          "/",
          "/page/page.js",
          "/health?type=alive",
          "/openapi.json",
          "/openapi.yaml",
          "/problems",
          "/problems/sold-out",
          "/v1/concerts?limit=2",
          "/v1/purchases?email=ada@example.com",
          "/v1/simulation",
          "/v1/simulation/history",
          "/v1/simulation/preview?profile=realistic"
        }) {
      assertThat(api.get(path, operator()).status()).as(path).isEqualTo(200);
      api.send("HEAD", path, null, operator());
      api.send("OPTIONS", path, null);
    }
    String concert = "/v1/concerts/" + concert(1);
    api.send("PATCH", concert, "{\"title\": \"Renamed\"}", operator());
    api.send("PATCH", concert, "{\"title\": \"Renamed\"}");
    api.send("DELETE", concert, null, operator());
    api.send("DELETE", concert, null, operator());
  }

  private void sendInvalidRequests() {
    for (int i = 0; i < 100; i++) {
      String id = UUID.randomUUID().toString();
      api.get("/" + id);
      api.get("/v1/concerts/" + id);
      api.get("/v1/purchases/" + i + "/ada@example.com");
      api.get("/page/" + id + ".js");
      api.get("/problems/" + id);
      api.get("/health/" + id);
      api.send("MADE-UP-" + i, "/v1/concerts", null);
      api.send("DELETE", "/v1/tickets/" + id, null);
    }
  }

  /** Adds and removes rules, and applies each kind of rule once. */
  private void simulate() {
    for (int setting = 0; setting < 5; setting++) {
      int first = setting * 60;
      activate(
          "off",
          IntStream.range(first, first + 60)
              .mapToObj("{\"id\": \"rule-%d\", \"denial\": {\"percent\": 100}}"::formatted)
              .collect(Collectors.joining(",", "\"many\": [", "]")));
    }
    activate(
        "calm",
        """
        "calm": [],
        "slow": [{"id": "slow", "delay": {"distribution": {"type": "fixed", "value": "50ms"}}}],
        "picky": [{"id": "picky", "denial": {"percent": 100, "status": 503}}],
        "lossy": [{"id": "lossy", "phase": "response", "lose": true}]
        """);
    String concert = concert(10);
    assertThat(api.buy(concert, 1, PROFILE, "slow").status()).isEqualTo(201);
    assertThat(api.buy(concert, 1, PROFILE, "picky").status()).isEqualTo(503);
    assertThatThrownBy(() -> api.buy(concert, 1, PROFILE, "lossy"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(api.buy(concert, 1, PROFILE, UUID.randomUUID().toString()).status()).isEqualTo(422);
  }

  private void activate(String active, String profiles) {
    Answer set =
        api.send(
            "PUT",
            "/v1/simulation",
            "{\"allowProfileHeader\": true, \"activeProfile\": \"%s\", \"profiles\": {%s}}"
                .formatted(active, profiles),
            operator());
    assertThat(set.status()).as(set.raw().body()).isEqualTo(200);
  }

  private String concert(int capacity) {
    return api.createConcert(capacity, operator()).path("id").asText();
  }

  /** Waits until the last requests are counted and the periodic gauges are read. */
  private static void awaitQuiet() {
    Eventually.within(
        Duration.ofSeconds(20),
        () -> {
          String scrape = scrape();
          return scrape.contains("redis_breaker_open 0.0")
              && scrape.contains("simulated=\"lost\"")
              && scrape.contains("simulated=\"denied\"")
              && scrape.contains("simulated=\"delayed\"")
              && scrape.contains("http_requests_in_flight 0.0")
              && !scrape.contains(" NaN");
        });
  }

  private static String scrape() {
    return APPLICATION.adminClient().get("/metrics").raw().body();
  }
}
