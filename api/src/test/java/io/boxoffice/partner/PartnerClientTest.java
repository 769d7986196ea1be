package io.boxoffice.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.partner.PartnerException.Outcome;
import io.boxoffice.platform.http.client.BoundedClient;
import io.boxoffice.platform.tracing.Tracing;
import io.boxoffice.testing.TestPartner;
import io.boxoffice.testing.TestPartner.Answer;
import io.dropwizard.jackson.Jackson;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what a partner receives, and that each unusable answer is a failure with its outcome. */
class PartnerClientTest {
  private final TestPartner partner = TestPartner.start();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final CollectorRegistry prometheus = new CollectorRegistry();
  private final PartnerMetrics metrics = new PartnerMetrics(prometheus, Set.of(Partner.EMAIL));
  private final PartnerClient client = client(partner.url(), Duration.ofSeconds(30));

  @AfterEach
  void stop() {
    threads.shutdownNow();
    partner.close();
  }

  private PartnerClient client(String url, Duration limit) {
    return new PartnerClient(
        Partner.EMAIL,
        URI.create(url + "/"),
        "partner-token",
        new BoundedClient(limit, PartnerClient.MOST_BYTES, threads),
        Jackson.newObjectMapper(),
        metrics,
        Tracing.off());
  }

  private static PartnerRequest request() {
    return PartnerRequest.post("mails", "key-1", Map.of("to", "ada@example.com"));
  }

  private double count(Outcome outcome) {
    return prometheus.getSampleValue(
        "partner_calls_total",
        new String[] {"partner", "outcome"},
        new String[] {"email", outcome.label()});
  }

  private static PartnerException failureOf(PartnerClient client) {
    try {
      throw new AssertionError(
          "did not fail: " + client.send(request()).toCompletableFuture().join());
    } catch (CompletionException failed) {
      return (PartnerException) failed.getCause();
    }
  }

  @Test
  void aCallHasTheKeyAndTheToken() {
    partner.answers(TestPartner.status(201, "{\"id\": \"1\"}"));
    PartnerAnswer answer =
        client.send(request().with("Prefer", "wait=1")).toCompletableFuture().join();

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().path("id").asText()).isEqualTo("1");
    TestPartner.Received received = partner.received().get(0);
    assertThat(received.method()).isEqualTo("POST");
    assertThat(received.path()).isEqualTo("/mails");
    assertThat(received.header("Idempotency-Key")).isEqualTo("key-1");
    assertThat(received.header("Authorization")).isEqualTo("Bearer partner-token");
    assertThat(received.header("Prefer")).isEqualTo("wait=1");
    assertThat(received.body()).isEqualTo("{\"to\":\"ada@example.com\"}");
    assertThat(count(Outcome.SUCCEEDED)).isOne();
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(TestPartner.status(422, "{}"), Outcome.REFUSED),
        Arguments.of(TestPartner.status(404, "{}"), Outcome.REFUSED),
        Arguments.of(TestPartner.status(409, "{}"), Outcome.FAILED),
        Arguments.of(TestPartner.status(429, "{}"), Outcome.UNAVAILABLE),
        Arguments.of(TestPartner.status(500, "{}"), Outcome.FAILED),
        Arguments.of(TestPartner.status(302, "{}"), Outcome.FAILED),
        Arguments.of(TestPartner.status(503, "{}"), Outcome.UNAVAILABLE),
        Arguments.of(TestPartner.status(201, "garbage"), Outcome.FAILED),
        Arguments.of(TestPartner.status(201, "[]"), Outcome.FAILED),
        Arguments.of(TestPartner.status(201, ""), Outcome.FAILED),
        Arguments.of(TestPartner.status(201, " ".repeat(1_000_000)), Outcome.FAILED),
        Arguments.of(TestPartner.raw("garbage\r\n\r\n"), Outcome.FAILED),
        Arguments.of(TestPartner.cutBeforeReading(), Outcome.FAILED));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void anUnusableAnswerIsAFailure(Answer answer, Outcome outcome) {
    partner.answers(answer);

    PartnerException failure = failureOf(client);
    assertThat(failure.outcome()).isEqualTo(outcome);
    assertThat(failure).hasMessageNotContaining("garbage");
    assertThat(count(outcome)).isOne();
  }

  @Test
  void aPartnerThatNeverAnswersIsLeft() {
    partner.answers(TestPartner.status(201, "{}").when(new CompletableFuture<>()));

    PartnerException failure = failureOf(client(partner.url(), Duration.ofMillis(300)));
    assertThat(failure.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(failure).hasMessage("The email partner did not answer in time.");
  }

  @Test
  void aPartnerThatIsAwayDidNothing() {
    partner.close();

    assertThat(failureOf(client).outcome()).isEqualTo(Outcome.NOT_SENT);
  }
}
