package io.boxoffice.order.payment;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.http.strict.StrictJson;
import io.boxoffice.platform.tracing.Tracing;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.util.Duration;
import io.prometheus.client.CollectorRegistry;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A client of the partner as the service builds it, with settings of a test. */
final class Partners implements AutoCloseable {
  static final String TOKEN = "partner-token";
  static final String SECRET = "callback-secret-1";

  /** A breaker that does not open in a test of something else. */
  static final BreakerSettings TOLERANT =
      new BreakerSettings(
          Duration.minutes(5), 10_000, 100, Duration.hours(1), 100, Duration.seconds(10), 10);

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final MetricRegistry metrics = new MetricRegistry();
  private final CollectorRegistry prometheus = new CollectorRegistry();
  private final HttpPaymentPartner client;

  Partners(PaymentSettings settings) {
    this.client =
        PaymentModule.partner(settings, json(), threads, metrics, prometheus, Tracing.off());
  }

  Partners(String url) {
    this(settings(url, Duration.seconds(30), 2000, TOLERANT));
  }

  static PaymentSettings settings(
      String url, Duration timeLimit, int inFlight, BreakerSettings breaker) {
    return new PaymentSettings(url, TOKEN, SECRET, timeLimit, inFlight, breaker);
  }

  static ObjectMapper json() {
    ObjectMapper json = Jackson.newObjectMapper();
    StrictJson.applyTo(json);
    return json;
  }

  static ChargeRequest request() {
    return new ChargeRequest(UUID.randomUUID(), 6400, "EUR", "tok_ok");
  }

  HttpPaymentPartner client() {
    return client;
  }

  CompletionStage<Charge> charge() {
    return client.charge(request());
  }

  long count(String call, PaymentOutcome outcome) {
    return metrics
        .meter("payments.calls.%s.%s".formatted(call, outcome.name().toLowerCase(Locale.ROOT)))
        .getCount();
  }

  int gauge(String name) {
    return (Integer) metrics.gauge(name).getValue();
  }

  CollectorRegistry prometheus() {
    return prometheus;
  }

  /** Waits for the failure of a call; a call that does not end fails with another one. */
  static Throwable failureOf(CompletionStage<?> call) {
    CompletableFuture<?> ended = call.toCompletableFuture().orTimeout(1, TimeUnit.MINUTES);
    try {
      throw new AssertionError("did not fail: " + ended.join());
    } catch (CompletionException failed) {
      return failed.getCause();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
