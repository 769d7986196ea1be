package io.boxoffice.platform.tracing;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.OtlpReceiver;
import io.boxoffice.testing.OtlpReceiver.Received;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestPartner;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the service with traces on, off and for a share of the requests. */
class TracingApplicationTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String TRACEPARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

  private final OtlpReceiver receiver = OtlpReceiver.start();
  private final TestPartner partner = TestPartner.start();
  private final TestApplication application =
      TestApplication.on(TestDatabase.migrated()).with("payment.url", partner.url());

  @AfterEach
  void stop() {
    application.stop();
    partner.close();
    receiver.close();
  }

  /** Keeps events, as a consumer without a subscription. */
  private String concert() {
    application
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO consumers (name, types, seen_at)"
                        + " VALUES ('all', '{order.held,order.confirmed}', now())"));
    return application.client().createConcert(1_000, operator()).path("id").asText();
  }

  private Answer order(String concert) {
    Answer order =
        application
            .client()
            .post(
                "/v1/concerts/" + concert + "/orders",
                "{\"email\": \"ada@example.com\", \"quantity\": 1, \"payment\": {\"token\": \"tok_ok\"}}",
                "traceparent",
                TRACEPARENT);
    assertThat(order.status()).as(order.raw().body()).isEqualTo(201);
    return order;
  }

  private List<String> events() {
    Eventually.within(LIMIT, () -> readEvents().size() == 2);
    return readEvents();
  }

  private List<String> readEvents() {
    return application
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("SELECT event FROM deliveries").mapTo(String.class).list());
  }

  private String placeOfCharge() {
    return partner.received().stream()
        .filter(call -> call.method().equals("POST"))
        .findFirst()
        .orElseThrow()
        .header("traceparent");
  }

  private String metrics(String accept) {
    return application.adminClient().get("/metrics", "Accept", accept).raw().body();
  }

  @Test
  void offNothingIsRecordedOrPassedOn() throws Exception {
    application.start();
    order(concert());
    assertThat(placeOfCharge()).isEmpty();
    assertThat(events()).noneMatch(event -> event.contains("traceparent"));
    assertThat(metrics("text/plain")).doesNotContain("trace_spans");
  }

  @Test
  void theShareDecidesAndThePartnerLearnsIt() throws Exception {
    application
        .with("tracing.endpoint", receiver.url())
        .with("tracing.sampled", "0")
        .with("communication", "nonblocking")
        .start();
    order(concert());
    assertThat(placeOfCharge()).startsWith("00-" + TRACE).endsWith("-00");
    assertThat(events()).noneMatch(event -> event.contains("traceparent"));
    assertThat(metrics("text/plain")).contains("trace_spans_total{outcome=\"finished\",} 0.0");
  }

  @Test
  void bucketsOfTheLatencyNameATrace() throws Exception {
    application.with("tracing.endpoint", receiver.url()).start();
    order(concert());
    assertThat(metrics("application/openmetrics-text; version=1.0.0"))
        .containsPattern(
            "http_request_duration_seconds_bucket\\{.*orders.*} [0-9.]+ # \\{.*trace_id=\""
                + TRACE);
    assertThat(metrics("text/plain")).doesNotContain(TRACE);
  }

  @Test
  void healthAndWarmUpHaveNoSpans() throws Exception {
    application.with("tracing.endpoint", receiver.url()).with("warmUp", "1s").start();
    application.awaitReady();
    ApiClient api = application.client();
    assertThat(api.get("/v1/concerts").status()).isEqualTo(200);
    assertThat(api.get("/v1/nothing").status()).isEqualTo(404);
    Eventually.within(LIMIT, () -> receiver.spans().size() >= 2);
    assertThat(receiver.spans())
        .extracting(Received::name)
        .containsExactlyInAnyOrder("GET /v1/concerts", "GET");
  }

  @Test
  void aReceiverThatHangsSlowsNoRequest() throws Exception {
    receiver.hang();
    application.with("tracing.endpoint", receiver.url()).start();
    String concert = concert();
    long begin = System.nanoTime();
    List<Answer> answers = application.client().rush(concert, 300);
    assertThat(answers).allMatch(answer -> answer.status() == 201);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    Eventually.within(
        LIMIT, () -> !metrics("text/plain").contains("trace_spans_total{outcome=\"failed\",} 0.0"));
  }
}
