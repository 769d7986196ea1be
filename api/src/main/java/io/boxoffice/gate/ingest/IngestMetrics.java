package io.boxoffice.gate.ingest;

import io.boxoffice.gate.state.ItemProblem;
import io.boxoffice.gate.state.Outcome;
import io.boxoffice.gate.state.ScanResult;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.time.Duration;
import java.util.List;

/** Counts what happens to scans that come through RabbitMQ. No label names a gate or a queue. */
final class IngestMetrics {
  private static final String APPLIED = "applied";
  private static final String REFUSED = "refused";
  private static final String PARKED = "parked";
  private static final String REPEATED = "repeated";
  private static final double MILLIS = 1_000.0;

  private final Counter scans;
  private final Counter dead;
  private final Counter failures;
  private final Gauge backlog;
  private final Gauge oldest;
  private final Gauge partitions;
  private final Gauge deadLetters;

  IngestMetrics(CollectorRegistry prometheus) {
    scans =
        Counter.build("gate_ingest_scans", "Scans of messages by what became of them.")
            .labelNames("result")
            .register(prometheus);
    dead =
        Counter.build("gate_ingest_dead", "Messages and scans that became dead letters.")
            .labelNames("reason")
            .register(prometheus);
    failures =
        Counter.build("gate_ingest_failures", "Batches that failed and are tried again.")
            .register(prometheus);
    backlog =
        Gauge.build("gate_ingest_backlog", "Messages that wait in all partitions.")
            .register(prometheus);
    oldest =
        Gauge.build(
                "gate_ingest_backlog_oldest_seconds",
                "How long the oldest message of this replica's partitions waits.")
            .register(prometheus);
    partitions =
        Gauge.build("gate_ingest_partitions", "Partitions that this replica receives from.")
            .register(prometheus);
    deadLetters =
        Gauge.build("gate_ingest_dead_letters", "Dead letters that wait for an operator.")
            .register(prometheus);
    beginAtZero();
  }

  /** A counter that begins with its first scan would hide this scan from a rate. */
  private void beginAtZero() {
    for (String result : List.of(APPLIED, REFUSED, PARKED, REPEATED)) {
      scans.labels(result);
    }
    for (MessageProblem problem : MessageProblem.values()) {
      dead.labels(problem.text());
    }
    for (ItemProblem problem : ItemProblem.values()) {
      dead.labels(problem.text());
    }
  }

  /** Counts a committed scan that is no dead letter. */
  void ended(ScanResult result) {
    String text = APPLIED;
    if (result.verdict() == null) {
      text = PARKED;
    } else if (result.repeated()) {
      text = REPEATED;
    } else if (result.verdict().outcome() == Outcome.REFUSED) {
      text = REFUSED;
    }
    scans.labels(text).inc();
  }

  /** Counts a dead letter. */
  void dead(String reason) {
    dead.labels(reason).inc();
  }

  /** Counts a batch that failed. */
  void failed() {
    failures.inc();
  }

  /** Shows what was seen at the broker. */
  void seen(long waiting, Duration age, long letters) {
    backlog.set((double) waiting);
    oldest.set(age.toMillis() / MILLIS);
    deadLetters.set((double) letters);
  }

  /** Shows how many partitions this replica has. */
  void partitions(int count) {
    partitions.set(count);
  }
}
