package io.boxoffice.order.payment;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.tracing.Tracing;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the way to the payment partner from its settings. */
public final class PaymentModule {
  private static final Logger LOG = LoggerFactory.getLogger(PaymentModule.class);

  /** The client only moves bytes and reads short JSON, so two threads serve all calls. */
  private static final int THREADS = 2;

  private PaymentModule() {}

  /**
   * Builds the client and its metrics. The start does not wait for the partner.
   *
   * @return a partner that is not configured if the settings name none
   * @throws StartupException when a setting is missing or not secure
   */
  public static PaymentPartner install(Foundation foundation, PaymentSettings settings) {
    settings.requireUsable();
    if (!settings.isOn()) {
      return new NoPaymentPartner();
    }
    Executor threads =
        foundation
            .environment()
            .lifecycle()
            .executorService("payment-%d")
            .minThreads(THREADS)
            .maxThreads(THREADS)
            .build();
    return partner(
        settings,
        foundation.environment().getObjectMapper(),
        threads,
        foundation.environment().metrics(),
        foundation.prometheus(),
        foundation.tracing());
  }

  static HttpPaymentPartner partner(
      PaymentSettings settings,
      ObjectMapper json,
      Executor threads,
      MetricRegistry metrics,
      CollectorRegistry prometheus,
      Tracing tracing) {
    Bulkhead bulkhead =
        Bulkhead.of(
            "payment",
            BulkheadConfig.custom()
                .maxConcurrentCalls(settings.inFlight())
                .maxWaitDuration(Duration.ZERO)
                .build());
    CircuitBreaker breaker = settings.breaker().build();
    breaker
        .getEventPublisher()
        .onStateTransition(
            event ->
                LOG.warn(
                    "The breaker of the payment partner changed: {}", event.getStateTransition()));
    PartnerCalls calls =
        new PartnerCalls(
            settings.timeLimit().toJavaDuration(),
            threads,
            bulkhead,
            breaker,
            new PaymentMetrics(metrics, prometheus, breaker, bulkhead));
    return new HttpPaymentPartner(settings, json, calls, tracing);
  }
}
