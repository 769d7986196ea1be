package io.boxoffice.stress.compare.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void sumsAndHighestValuesAreOverAllLabels() {
    Metrics metrics =
        Metrics.of(
            """
            # HELP event_backlog deliveries
            # TYPE event_backlog gauge
            event_backlog{consumer="email",} 3.0
            event_backlog{consumer="search",} 4.0
            event_backlog_oldest_seconds{consumer="email",} 1.5E1
            outbox_events 7.0
            broken
            """);
    assertThat(metrics.sum("event_backlog")).isEqualTo(7);
    assertThat(metrics.highest("event_backlog")).isEqualTo(4);
    assertThat(metrics.highest("event_backlog_oldest_seconds")).isEqualTo(15);
    assertThat(metrics.sum("outbox_events")).isEqualTo(7);
    assertThat(metrics.sum("absent")).isZero();
  }
}
