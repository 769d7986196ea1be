package io.boxoffice.gate.ingest;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.rabbitmq.RabbitConnection;
import io.boxoffice.platform.rabbitmq.RabbitSettings;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Receives scans from the partitions at RabbitMQ, and applies them as the requests do. It starts
 * without a broker and connects in the background.
 */
final class ScanIngestion implements Managed {
  private final RabbitConnection consuming;
  private final RabbitConnection publishing;
  private final List<ScanWorker> workers;
  private final PartitionClaims claims;
  private final RepeatedTask checks;

  /**
   * Creates it; {@link #start} begins to connect.
   *
   * @throws io.boxoffice.platform.StartupException when the address is not valid
   */
  ScanIngestion(
      RabbitSettings rabbitmq,
      IngestSettings settings,
      IngestOptions options,
      MessageReader reader,
      BatchApplier applier,
      MetricRegistry registry,
      IngestMetrics metrics,
      Clock clock) {
    this.consuming = new RabbitConnection("scans", rabbitmq, registry);
    this.publishing = new RabbitConnection("dead-scans", rabbitmq, registry);
    DeadLetters deadLetters = new DeadLetters(publishing);
    this.workers =
        IntStream.range(0, settings.workers())
            .mapToObj(
                i ->
                    new ScanWorker(
                        "scans-" + i, consuming, reader, applier, deadLetters, options, metrics))
            .toList();
    this.claims =
        new PartitionClaims(
            consuming, new ScanTopology(settings.partitions()), workers, metrics, clock);
    this.checks = new RepeatedTask("scan-partitions", options.betweenChecks(), claims::check);
  }

  @Override
  public void start() {
    workers.forEach(ScanWorker::start);
    checks.start();
  }

  @Override
  public void stop() {
    checks.stop();
    claims.close();
    consuming.close();
    publishing.close();
  }
}
