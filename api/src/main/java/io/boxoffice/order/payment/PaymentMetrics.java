package io.boxoffice.order.payment;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Histogram;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Counts and measures the calls to the partner. */
final class PaymentMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  /** What the shop asks the partner to do. */
  enum Call {
    CHARGE,
    REFUND,
    LEDGER
  }

  /** The outcomes that a call cannot have. */
  private static final Map<Call, Set<PaymentOutcome>> IMPOSSIBLE =
      Map.of(
          Call.CHARGE, Set.of(),
          Call.REFUND, Set.of(PaymentOutcome.DECLINED, PaymentOutcome.REFUSED),
          Call.LEDGER, Set.of(PaymentOutcome.DECLINED));

  private final MetricRegistry metrics;
  private final Histogram seconds;

  /** Registers all outcomes, so that each exists as 0 before its first call. */
  PaymentMetrics(
      MetricRegistry metrics,
      CollectorRegistry prometheus,
      CircuitBreaker breaker,
      Bulkhead bulkhead) {
    this.metrics = metrics;
    this.seconds =
        Histogram.build("payment_call_seconds", "Time that a call to the payment partner took.")
            .labelNames("call")
            .buckets(.01, .025, .05, .1, .25, .5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 30)
            .register(prometheus);
    for (Call call : Call.values()) {
      seconds.labels(label(call));
      for (PaymentOutcome outcome : PaymentOutcome.values()) {
        if (!IMPOSSIBLE.get(call).contains(outcome)) {
          metrics.meter(name(call, outcome));
        }
      }
    }
    int limit = bulkhead.getMetrics().getMaxAllowedConcurrentCalls();
    metrics.register("payments.in-flight.limit", (Gauge<Integer>) () -> limit);
    metrics.register(
        "payments.in-flight.now",
        (Gauge<Integer>) () -> limit - bulkhead.getMetrics().getAvailableConcurrentCalls());
    metrics.register("payments.breaker", (Gauge<Integer>) () -> state(breaker));
  }

  /** Counts a call that was not sent because of a limit of the shop. */
  void refused(Call call, PaymentOutcome outcome) {
    metrics.meter(name(call, outcome)).mark();
  }

  /** Counts a call that ended. */
  void ended(Call call, PaymentOutcome outcome, long nanos) {
    metrics.meter(name(call, outcome)).mark();
    seconds.labels(label(call)).observe(nanos / NANOS_PER_SECOND);
  }

  private static int state(CircuitBreaker breaker) {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> 1;
      case HALF_OPEN -> 2;
      default -> 0;
    };
  }

  private static String name(Call call, PaymentOutcome outcome) {
    return "payments.calls.%s.%s".formatted(label(call), label(outcome));
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
