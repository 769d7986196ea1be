package io.boxoffice.simulation.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.simulation.SimulationClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.TestApplication;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests over HTTP the responses that the simulation delays, denies or loses. */
class HeldAnswerApplicationTest {
  @RegisterExtension private static final TestApplication APPLICATION = TestApplication.shipped();

  private static final SimulationClient SIMULATION = new SimulationClient(APPLICATION);

  @AfterEach
  void turnOff() {
    assertThat(SIMULATION.put("{}").status()).isEqualTo(200);
  }

  @Test
  void responsePhaseDelaysAfterTheSale() throws Exception {
    String concert = SIMULATION.concert();
    SIMULATION.follow("\"phase\": \"response\", " + fixed("30s"));

    try (RawConnection connection = RawConnection.to(APPLICATION.port())) {
      String body = Bodies.purchase(1);
      connection.send(
          "POST /v1/concerts/%s/purchases HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n"
              .formatted(concert, body.length()));
      connection.send("Content-Type: application/json\r\n\r\n" + body);
      Eventually.within(Duration.ofSeconds(25), () -> SIMULATION.sold(concert) == 1);

      // The test does not wait for the response. The long delay is for slow machines.
      assertThat(connection.hasAnswer()).isFalse();
    }
    SIMULATION.awaitMetric("simulation_active_delays 0.0");
  }

  @Test
  void responsePhaseKeepsTheRealResponse() {
    String concert = SIMULATION.concert();
    SIMULATION.follow("\"phase\": \"response\", " + fixed("100ms"));

    Answer answer = SIMULATION.api().buy(concert, 1);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Simulation")).isEqualTo("rule=rule, delay=100ms, denied=false");
    assertThat(answer.text("status")).isEqualTo("CONFIRMED");
  }

  @Test
  void responsePhaseDenialHidesACompletedSale() {
    String concert = SIMULATION.concert();
    SIMULATION.follow("\"phase\": \"response\", \"denial\": {\"percent\": 100, \"status\": 500}");

    Answer answer = SIMULATION.api().buy(concert, 1);

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("Location")).isEmpty();
    assertThat(answer.text("code")).isEqualTo("simulated-denial");
    assertThat(SIMULATION.sold(concert)).isEqualTo(1);
  }

  @Test
  void synchronousResponsesAreHeldToo() {
    SIMULATION.concert();
    assertThat(
            SIMULATION
                .put(
                    """
                    {"activeProfile": "test", "profiles": {"test": [
                      {"id": "rule", "phase": "response", "match": {"methods": ["GET"]},
                       "delay": {"distribution": {"type": "fixed", "value": "100ms"}}}]}}
                    """)
                .status())
        .isEqualTo(200);

    Answer answer = SIMULATION.api().get("/v1/concerts");

    assertThat(answer.body().path("items")).isNotEmpty();
    assertThat(answer.header("Simulation")).startsWith("rule=rule, delay=100ms");
    assertThat(answer.header("ETag")).isNotEmpty();
    assertThat(answer.raw().headers().allValues("Cache-Control")).containsExactly("no-cache");
  }

  @Test
  void denialOfAHeldResponseHasNoneOfItsHeaders() {
    String path = "/v1/concerts/" + SIMULATION.concert();
    Answer hidden = SIMULATION.api().get(path);
    assertThat(
            SIMULATION
                .put(
                    """
                    {"activeProfile": "test", "profiles": {"test": [
                      {"id": "rule", "phase": "response", "match": {"methods": ["GET"]},
                       "denial": {"percent": 100}}]}}
                    """)
                .status())
        .isEqualTo(200);

    Answer denied = SIMULATION.api().get(path, "X-Request-Id", "mine");

    assertThat(hidden.header("ETag")).isNotEmpty();
    assertThat(denied.status()).isEqualTo(409);
    assertThat(denied.header("ETag")).isEmpty();
    assertThat(denied.raw().headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(denied.raw().headers().allValues("X-Request-Id")).containsExactly("mine");
    assertThat(denied.raw().headers().allValues("Content-Type"))
        .containsExactly("application/problem+json");
    assertThat(denied.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(denied.header("Simulation")).isEqualTo("rule=rule, delay=0ms, denied=true");
  }

  @Test
  void denialOfAReplayedPurchaseDoesNotShowTheReplay() {
    String concert = SIMULATION.concert();
    SIMULATION.api().buy(concert, 1, "Idempotency-Key", "replayed");
    SIMULATION.follow("\"phase\": \"response\", \"denial\": {\"percent\": 100}");

    Answer denied = SIMULATION.api().buy(concert, 1, "Idempotency-Key", "replayed");

    assertThat(denied.status()).isEqualTo(409);
    assertThat(denied.header("Idempotency-Replayed")).isEmpty();
    assertThat(denied.header("Location")).isEmpty();
    assertThat(denied.text("code")).isEqualTo("simulated-denial");
  }

  @Test
  void lostResponseWithoutAKeyLeadsToASecondPurchase() {
    String concert = SIMULATION.concert();
    SIMULATION.follow("\"phase\": \"response\", \"lose\": true");
    assertThatThrownBy(() -> SIMULATION.api().buy(concert, 1))
        .isInstanceOf(UncheckedIOException.class);
    turnOff();

    assertThat(SIMULATION.api().buy(concert, 1).status()).isEqualTo(201);
    assertThat(SIMULATION.sold(concert)).isEqualTo(2);
    SIMULATION.awaitMetric("simulated=\"lost\",}");
  }

  @Test
  void lostResponseWithAKeyLeadsToOnePurchase() {
    String concert = SIMULATION.concert();
    SIMULATION.follow("\"phase\": \"response\", \"lose\": true");
    assertThatThrownBy(() -> SIMULATION.api().buy(concert, 1, "Idempotency-Key", "lost"))
        .isInstanceOf(UncheckedIOException.class);
    turnOff();

    Answer again = SIMULATION.api().buy(concert, 1, "Idempotency-Key", "lost");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(SIMULATION.sold(concert)).isEqualTo(1);
  }

  private static String fixed(String value) {
    return "\"delay\": {\"percent\": 100, \"distribution\": {\"type\": \"fixed\", \"value\": \"%s\"}}"
        .formatted(value);
  }
}
