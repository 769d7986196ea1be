package io.boxoffice.event.outbox;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;

/** Counts what the relay does, so that operators see a relay that fails or is missing. */
final class RelayMetrics {
  private final Meter published;
  private final Meter failures;
  private volatile boolean leads;

  RelayMetrics(MetricRegistry metrics) {
    published = metrics.meter("events.published");
    failures = metrics.meter("events.relay.failures");
    metrics.register("events.relay.leads", (Gauge<Integer>) () -> leads ? 1 : 0);
  }

  void published(int events) {
    published.mark(events);
  }

  void failed() {
    failures.mark();
  }

  void leads(boolean now) {
    leads = now;
  }
}
