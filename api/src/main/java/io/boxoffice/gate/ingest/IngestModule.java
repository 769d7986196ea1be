package io.boxoffice.gate.ingest;

import io.boxoffice.gate.scan.ScanService;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.rabbitmq.RabbitSettings;

/** Builds what receives scans from RabbitMQ. */
public final class IngestModule {
  private IngestModule() {}

  /**
   * Receives scans from the start of the service on, if there is a RabbitMQ and a partition.
   *
   * @throws io.boxoffice.platform.StartupException when the address is not valid
   */
  public static void install(
      Foundation foundation, IngestSettings settings, RabbitSettings rabbitmq, ScanService scans) {
    if (!rabbitmq.isOn() || settings.partitions() == 0) {
      return;
    }
    MessageReader reader =
        new MessageReader(
            foundation.environment().getObjectMapper(), scans::read, foundation.clock());
    ScanIngestion ingestion =
        new ScanIngestion(
            rabbitmq,
            settings,
            IngestOptions.standard(),
            reader,
            new BatchApplier(scans::results),
            foundation.environment().metrics(),
            new IngestMetrics(foundation.prometheus()),
            foundation.clock());
    foundation.environment().lifecycle().manage(ingestion);
  }
}
