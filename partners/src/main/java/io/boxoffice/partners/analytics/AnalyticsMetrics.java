package io.boxoffice.partners.analytics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;

/** The figures of the analytics partner; docs/partners.md lists them. */
final class AnalyticsMetrics {
  private static final String COUNTED = "counted";
  private static final String REPEATED = "repeated";
  private static final String TOO_OLD = "too_old";

  private final Counter events;

  /** Registers the counters. */
  AnalyticsMetrics(CollectorRegistry prometheus) {
    this.events =
        Counter.build("analytics_events", "Events that were received and are on disk.")
            .labelNames("outcome")
            .register(prometheus);
    events.labels(COUNTED);
    events.labels(REPEATED);
    events.labels(TOO_OLD);
  }

  void received(AnalyticsService.Answer answer) {
    events.labels(COUNTED).inc(answer.counted());
    events.labels(REPEATED).inc(answer.repeated());
    events.labels(TOO_OLD).inc(answer.tooOld());
  }
}
