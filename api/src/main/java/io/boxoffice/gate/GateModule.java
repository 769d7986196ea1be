package io.boxoffice.gate;

import io.boxoffice.concert.known.KnownConcerts;
import io.boxoffice.gate.code.TicketCodes;
import io.boxoffice.gate.ingest.IngestModule;
import io.boxoffice.gate.scan.ScanModule;
import io.boxoffice.gate.scan.ScanService;
import io.boxoffice.gate.store.GateStore;
import io.boxoffice.gate.store.ScanRetention;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.rabbitmq.RabbitSettings;
import io.dropwizard.jersey.setup.JerseyEnvironment;

/** Builds the parts of this feature: gates, scans and attendance. */
public final class GateModule {
  private GateModule() {}

  /**
   * Registers the resources, the metrics and the retention, and receives scans from RabbitMQ.
   *
   * @param rabbitmq where scans are received from, if it names an address
   * @param concerts for which concerts a gate may be registered
   * @param codes checks the codes of tickets
   */
  public static void install(
      Foundation foundation,
      GateSettings settings,
      RabbitSettings rabbitmq,
      KnownConcerts concerts,
      TicketCodes codes) {
    GateStore store = new GateStore(foundation.jdbi(), foundation.clock());
    ScanService scans = ScanModule.install(foundation, new SignedCodes(codes));
    JerseyEnvironment jersey = foundation.environment().jersey();
    jersey.register(new GateResource(store, scans, concerts::contains));
    jersey.register(new EntryResource(store));
    jersey.register(new AttendanceResource(store, concerts::contains));
    jersey.register(new ScanConflictResource(store));
    store.addTo(foundation.gauges());
    IngestModule.install(foundation, settings.ingest(), rabbitmq, scans);
    ScanRetention retention =
        new ScanRetention(foundation.jdbi(), foundation.clock(), settings.scanRetention());
    foundation
        .environment()
        .lifecycle()
        .manage(new RepeatedTask("scan-retention", ScanRetention.PAUSE, retention::run));
  }
}
