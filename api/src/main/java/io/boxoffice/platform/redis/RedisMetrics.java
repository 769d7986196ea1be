package io.boxoffice.platform.redis;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Histogram;
import java.util.Locale;

/** Counts and measures what the service asks Redis. */
final class RedisMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  /** What became of a request to Redis. */
  enum Outcome {
    ANSWERED,
    /** Answered so late that it counts as a failure for the breaker. */
    SLOW,
    TIMEOUT,
    ERROR,
    /** Not sent, because the breaker was open. */
    SKIPPED
  }

  private final MetricRegistry metrics;
  private final Histogram seconds;

  RedisMetrics(MetricRegistry metrics, CollectorRegistry prometheus, Breaker breaker) {
    this.metrics = metrics;
    this.seconds =
        Histogram.build("redis_request_seconds", "Time that a request to Redis took.")
            .labelNames("use")
            .buckets(.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .2, .5, 1, 2)
            .register(prometheus);
    metrics.register("redis.breaker.open", (Gauge<Integer>) () -> breaker.isOpen() ? 1 : 0);
  }

  void skipped(String use) {
    count(use, Outcome.SKIPPED);
  }

  void ended(String use, Outcome outcome, long nanos) {
    count(use, outcome);
    seconds.labels(use).observe(nanos / NANOS_PER_SECOND);
  }

  private void count(String use, Outcome outcome) {
    metrics.meter("redis.requests." + use + "." + outcome.name().toLowerCase(Locale.ROOT)).mark();
  }
}
