package io.boxoffice.simulation.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.simulation.SimulationClient;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests over HTTP the requests that the simulation delays or denies. */
class DelayApplicationTest {
  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped()
          .with("server.maxThreads", "12")
          .with("server.applicationConnectors[0].idleTimeout", "1s");

  private static final SimulationClient SIMULATION = new SimulationClient(APPLICATION);

  @BeforeAll
  static void awaitReady() {
    APPLICATION.awaitReady();
  }

  @AfterEach
  void turnOff() {
    assertThat(SIMULATION.put("{}").status()).isEqualTo(200);
  }

  @Test
  void delayedPurchaseSucceedsAndCarriesTheSimulationHeader() {
    String concert = SIMULATION.concert();
    SIMULATION.follow(fixed("300ms"));

    long start = System.nanoTime();
    Answer answer = SIMULATION.api().buy(concert, 2, "X-Request-Id", "mine");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Simulation")).isEqualTo("rule=rule, delay=300ms, denied=false");
    assertThat(answer.header("X-Request-Id")).isEqualTo("mine");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    SIMULATION.awaitMetric("simulation_delays_total{rule=\"rule\",} ");
    SIMULATION.awaitMetric("status=\"201\",simulated=\"delayed\",}");
  }

  @Test
  void delayLongerThanTheIdleTimeoutDoesNotFailTheRequest() {
    String concert = SIMULATION.concert();
    SIMULATION.follow(fixed("2500ms"));

    assertThat(SIMULATION.api().buy(concert, 1).status()).isEqualTo(201);
  }

  @Test
  void moreDelayedRequestsThanThreadsDoNotSlowOtherRequests() {
    String concert = SIMULATION.concert();
    ApiClient client = SIMULATION.api();
    SIMULATION.follow(fixed("900ms"));

    CompletableFuture<?>[] purchases =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    client.sendAsync(
                        "POST", "/v1/concerts/" + concert + "/purchases", Bodies.purchase(1)))
            .toArray(CompletableFuture[]::new);
    SIMULATION.awaitMetric("simulation_active_delays 100.0");
    Answer health = SIMULATION.api().get("/health");

    assertThat(health.status()).isEqualTo(200);
    CompletableFuture.allOf(purchases).join();
    assertThat(SIMULATION.sold(concert)).isEqualTo(100);
    SIMULATION.awaitMetric("simulation_active_delays 0.0");
  }

  @Test
  void requestsAboveTheLimitAreNotDelayedAndAreCounted() {
    String concert = SIMULATION.concert();
    SIMULATION.follow("\"limits\": {\"maxActiveDelays\": 0},", fixed("20s"));

    Answer answer = SIMULATION.api().buy(concert, 1);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Simulation")).isEmpty();
    SIMULATION.awaitMetric("simulation_overflow_total 1.0");
  }

  @Test
  void closedConnectionFreesItsSlotAtOnceAndBuysNothing() throws Exception {
    String concert = SIMULATION.concert();
    SIMULATION.follow(fixed("20s"));

    try (RawConnection impatient = RawConnection.to(APPLICATION.port())) {
      String body = Bodies.purchase(1);
      impatient.send(
          "POST /v1/concerts/%s/purchases HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n"
              .formatted(concert, body.length()));
      impatient.send("Content-Type: application/json\r\n\r\n");
      impatient.send(body);
      SIMULATION.awaitMetric("simulation_active_delays 1.0");
    }

    SIMULATION.awaitMetric("simulation_active_delays 0.0");
    SIMULATION.awaitMetric("status=\"499\",simulated=\"delayed\",}");
    assertThat(SIMULATION.sold(concert)).isZero();
  }

  @Test
  void closedConnectionAfterTheSaleFreesItsSlot() throws Exception {
    String concert = SIMULATION.concert();
    SIMULATION.follow("\"phase\": \"response\", " + fixed("20s"));

    try (RawConnection impatient = RawConnection.to(APPLICATION.port())) {
      impatient.send(
          "POST /v1/concerts/%s/purchases HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
              .formatted(concert, 0));
      SIMULATION.awaitMetric("simulation_active_delays 1.0");
    }

    SIMULATION.awaitMetric("simulation_active_delays 0.0");
    SIMULATION.awaitMetric("http_requests_in_flight 0.0");
    assertThat(SIMULATION.metrics()).doesNotContain("status=\"500\",simulated=\"delayed\"");
  }

  @Test
  void denialIsAProblemWithRetryAfter() {
    String concert = SIMULATION.concert();
    SIMULATION.follow("\"denial\": {\"percent\": 100, \"retryAfter\": \"2s\"}");

    Answer answer = SIMULATION.api().buy(concert, 1, "Idempotency-Key", "denied-at-first");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
    assertThat(answer.header("Simulation")).isEqualTo("rule=rule, delay=0ms, denied=true");
    assertThat(answer.text("code")).isEqualTo("simulated-denial");
    assertThat(answer.text("type")).isEqualTo("/problems/simulated-denial");
    assertThat(answer.text("requestId")).isNotEmpty().isEqualTo(answer.header("X-Request-Id"));
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.text("instance")).isEqualTo("/v1/concerts/" + concert + "/purchases");
    SIMULATION.awaitMetric("simulation_denials_total{rule=\"rule\",} ");
    SIMULATION.awaitMetric(
        "{method=\"POST\",route=\"/v1/concerts/{concertId}/purchases\",status=\"409\",simulated=\"denied\",}");

    turnOff();
    Answer retried = SIMULATION.api().buy(concert, 1, "Idempotency-Key", "denied-at-first");
    assertThat(retried.status()).isEqualTo(201);
    assertThat(retried.header("Idempotency-Replayed")).isEmpty();
    assertThat(SIMULATION.sold(concert)).isEqualTo(1);
  }

  @Test
  void denialAfterTheDelayCanUseARealCode() {
    SIMULATION.follow(
        fixed("200ms")
            + ", \"denial\": {\"percent\": 100, \"when\": \"afterDelay\", \"status\": 503,"
            + " \"code\": \"overloaded\", \"retryAfter\": {\"min\": \"2s\", \"max\": \"4s\"}}");

    Answer answer = SIMULATION.api().buy(SIMULATION.concert(), 1);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("type")).isEqualTo("/problems/overloaded");
    assertThat(answer.header("Simulation")).isEqualTo("rule=rule, delay=200ms, denied=true");
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(2, 4);
  }

  @Test
  void simulationRoutesAndNonApiRoutesAreNotSimulated() {
    assertThat(
            SIMULATION
                .put(
                    """
                    {"activeProfile": "test",
                     "profiles": {"test": [{"id": "all", "denial": {"percent": 100}}]}}
                    """)
                .status())
        .isEqualTo(200);

    for (String path :
        new String[] {"/", "/health", "/openapi.json", "/openapi.yaml", "/problems"}) {
      Answer answer = SIMULATION.api().get(path);
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.header("Simulation")).as(path).isEmpty();
    }
    assertThat(SIMULATION.get().status()).isEqualTo(200);
    assertThat(SIMULATION.api().get("/v1/concerts").status()).isEqualTo(409);
    assertThat(APPLICATION.adminClient().get("/metrics").status()).isEqualTo(200);
  }

  private static String fixed(String value) {
    return "\"delay\": {\"percent\": 100, \"distribution\": {\"type\": \"fixed\", \"value\": \"%s\"}}"
        .formatted(value);
  }
}
