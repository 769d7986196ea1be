package io.boxoffice.partner;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.uuid.Generators;
import io.boxoffice.event.TracedTransport;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.postgres.PostgresTransport;
import io.boxoffice.event.postgres.TestSessions;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.platform.http.client.BoundedClient;
import io.boxoffice.platform.tracing.Tracing;
import io.boxoffice.platform.tracing.TracingSettings;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.OtlpReceiver;
import io.boxoffice.testing.OtlpReceiver.Received;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestPartner;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import io.prometheus.client.CollectorRegistry;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Follows one order through the whole service and a consumer, as a real receiver sees it. */
class TraceOfAnOrderApplicationTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CLIENT_SPAN = "b7ad6b7169203331";
  private static final OtlpReceiver RECEIVER = OtlpReceiver.start();
  private static final TestPartner PAYMENTS = TestPartner.start();
  private static final TestPartner ANALYTICS = TestPartner.start();
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(2);
  private static final ContainerLifeCycle RUNNING = new ContainerLifeCycle();

  @RegisterExtension
  private static final TestApplication APPLICATION =
      TestApplication.shipped()
          .with("payment.url", PAYMENTS.url())
          .with("tracing.endpoint", RECEIVER.url());

  private static Transport transport;

  private final ApiClient api = APPLICATION.client();

  /** Runs a consumer that calls a partner, as another replica would. */
  @BeforeAll
  static void consume() throws Exception {
    LifecycleEnvironment lifecycle = new LifecycleEnvironment(new MetricRegistry());
    Tracing tracing =
        Tracing.install(
            new TracingSettings(RECEIVER.url(), "consumer", BigDecimal.ONE),
            "1",
            lifecycle,
            new MetricRegistry());
    lifecycle.attach(RUNNING);
    RUNNING.start();
    TestSessions sessions = new TestSessions(APPLICATION.database());
    transport =
        TracedTransport.of(
            new PostgresTransport(
                sessions.jdbi(),
                sessions.jdbi(),
                Generators.timeBasedEpochGenerator(),
                Duration.ofMillis(10)),
            tracing);
    PartnerClient client =
        new PartnerClient(
            Partner.ANALYTICS,
            URI.create(ANALYTICS.url() + "/"),
            "",
            new BoundedClient(LIMIT, PartnerClient.MOST_BYTES, THREADS),
            Jackson.newObjectMapper(),
            new PartnerMetrics(new CollectorRegistry(), Set.of(Partner.ANALYTICS)),
            tracing);
    new FollowUps(Communication.EVENTS, transport::subscribe, new CollectorRegistry())
        .add(
            new FollowUp(
                "analytics",
                Set.of(EventType.ORDER_HELD, EventType.ORDER_CONFIRMED),
                true,
                LIMIT,
                20,
                1,
                FollowUp.Call.each(
                    event ->
                        client.send(
                            PartnerRequest.post(
                                "events", event.id(), Map.of("type", event.type()))))));
  }

  @AfterAll
  static void close() throws Exception {
    transport.close();
    RUNNING.stop();
    RECEIVER.close();
    PAYMENTS.close();
    ANALYTICS.close();
    THREADS.shutdownNow();
  }

  private static Received span(String name, String type) {
    Eventually.within(LIMIT, () -> find(name, type) != null);
    return find(name, type);
  }

  private static Received find(String name, String type) {
    return RECEIVER
        .find(
            span ->
                span.trace().equals(TRACE)
                    && span.name().equals(name)
                    && span.attributes().getOrDefault("boxoffice.event.type", "").equals(type))
        .orElse(null);
  }

  @Test
  void oneTraceLeadsFromTheRequestToThePartner() {
    ANALYTICS.answers(TestPartner.status(201, "{}"));
    String concert = api.createConcert(10, operator()).path("id").asText();
    delayOrders();
    Answer order =
        api.post(
            "/v1/concerts/" + concert + "/orders",
            "{\"email\": \"ada@example.com\", \"quantity\": 1, \"payment\": {\"token\": \"tok_ok\"}}",
            "traceparent",
            "00-" + TRACE + "-" + CLIENT_SPAN + "-01");
    assertThat(order.status()).as(order.raw().body()).isEqualTo(201);
    assertThat(order.text("state")).isEqualTo("CONFIRMED");

    Received request = span("POST /v1/concerts/{concertId}/orders", "");
    assertThat(request.parent()).isEqualTo(CLIENT_SPAN);
    assertThat(request.service()).isEqualTo("boxoffice");
    assertThat(request.attributes())
        .containsEntry("http.response.status_code", "201")
        .containsEntry("http.route", "/v1/concerts/{concertId}/orders")
        .containsEntry("boxoffice.request_id", order.header("X-Request-Id"));
    assertThat(request.attributes().toString()).doesNotContain(order.text("id"));

    Received delay = span("simulation.delay", "");
    assertThat(delay.parent()).isEqualTo(request.id());
    assertThat(Duration.ofNanos(delay.endNanos() - delay.beginNanos()))
        .isBetween(Duration.ofMillis(150), Duration.ofSeconds(10));

    Received desk = span("desk", "");
    assertThat(desk.parent()).isEqualTo(request.id());
    assertThat(desk.beginNanos()).isGreaterThanOrEqualTo(delay.endNanos());
    assertThat(desk.attributes()).containsEntry("desk.batch_size", "1");
    assertThat(desk.attributes())
        .containsEntry("desk.ticket_type", order.text("ticketTypeId"))
        .containsKey("desk.queued_ms");

    Received paying = span("receive payment", "order.paying");
    assertThat(paying.parent()).isEqualTo(request.id());
    Received charge = span("payment.charge", "");
    assertThat(charge.parent()).isEqualTo(paying.id());
    assertThat(PAYMENTS.received())
        .filteredOn(call -> call.method().equals("POST"))
        .extracting(call -> call.header("traceparent"))
        .containsExactly(header(charge));
    // The event is between the request and the call, and has the request's id too.
    assertThat(PAYMENTS.received())
        .filteredOn(call -> call.method().equals("POST"))
        .extracting(call -> call.header("X-Request-Id"))
        .containsExactly(order.header("X-Request-Id"));

    assertEventIsFollowed("order.held", desk);
    assertEventIsFollowed("order.confirmed", paying);
    assertThat(ANALYTICS.received())
        .filteredOn(call -> call.body().contains("order.confirmed"))
        .extracting(call -> call.header("X-Request-Id"))
        .containsExactly(order.header("X-Request-Id"));
    Eventually.within(
        LIMIT,
        () ->
            RECEIVER
                .find(span -> span.name().equals("publish") && span.linkedTraces().contains(TRACE))
                .isPresent());
    assertThat(RECEIVER.spans())
        .extracting(Received::name)
        .noneMatch(name -> name.contains("health"));
  }

  private static void assertEventIsFollowed(String type, Received cause) {
    Received outbox = span("outbox", type);
    assertThat(outbox.parent()).isEqualTo(cause.id());
    Received receipt = span("receive analytics", type);
    assertThat(receipt.parent()).isEqualTo(cause.id());
    assertThat(receipt.service()).isEqualTo("consumer");
    Eventually.within(LIMIT, () -> callOf(receipt) != null);
    assertThat(ANALYTICS.received())
        .filteredOn(call -> call.body().contains(type))
        .extracting(call -> call.header("traceparent"))
        .containsExactly(header(callOf(receipt)));
  }

  private static Received callOf(Received receipt) {
    return RECEIVER
        .find(span -> span.name().equals("analytics POST") && span.parent().equals(receipt.id()))
        .orElse(null);
  }

  private static String header(Received span) {
    return "00-" + span.trace() + "-" + span.id() + "-01";
  }

  private void delayOrders() {
    Answer set =
        api.send(
            "PUT",
            "/v1/simulation",
            """
            {"activeProfile": "slow", "profiles": {"slow": {"description": "d", "rules": [
              {"id": "slow", "match": {"methods": ["POST"]},
               "delay": {"distribution": {"type": "fixed", "value": "200ms"}}}]}}}
            """,
            operator());
    assertThat(set.status()).as(set.raw().body()).isEqualTo(200);
  }
}
