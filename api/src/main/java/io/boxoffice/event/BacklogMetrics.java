package io.boxoffice.event;

import io.boxoffice.event.transport.Backlog;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.platform.metrics.LabelledGauge;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Shows what waits for each consumer. The values are read at intervals, and not by a scrape. */
final class BacklogMetrics {
  private static final String LABEL = "consumer";

  private final Transport transport;
  private volatile List<Backlog> backlogs = List.of();

  /** Registers the families; they have no samples before the first look. */
  BacklogMetrics(Transport transport, CollectorRegistry prometheus) {
    this.transport = transport;
    register(
        prometheus,
        "event_backlog",
        "Deliveries that wait for a consumer or are in progress.",
        Backlog::deliveries);
    register(
        prometheus,
        "event_backlog_oldest_seconds",
        "How long the oldest delivery of a consumer waits; 0 if none does.",
        backlog -> backlog.oldest().toMillis() / 1_000.0);
    register(
        prometheus,
        "event_dead_letters",
        "Deliveries that failed for good, until an operator replays or drops them.",
        Backlog::deadLetters);
  }

  private void register(
      CollectorRegistry prometheus, String name, String help, ToDoubleFunction<Backlog> value) {
    new LabelledGauge(name, help, LABEL, () -> values(value)).register(prometheus);
  }

  private Map<String, Double> values(ToDoubleFunction<Backlog> value) {
    return backlogs.stream()
        .collect(Collectors.toMap(Backlog::consumer, value::applyAsDouble, (one, same) -> one));
  }

  /** Reads the backlogs. After a failure there are no samples, so no old value is shown. */
  void refresh() {
    try {
      backlogs = transport.backlogs();
    } catch (TransportException away) {
      backlogs = List.of();
      throw new IllegalStateException(away.getMessage(), away);
    }
  }
}
