package io.boxoffice.gate.scan;

import com.codahale.metrics.Gauge;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.uuid.Generators;
import io.boxoffice.gate.store.ScanTransaction;
import io.boxoffice.platform.Foundation;

/** Builds the parts of this package: the resource that receives scans, and what applies them. */
public final class ScanModule {
  private ScanModule() {}

  /**
   * Registers the resource.
   *
   * @param codes reads the codes of tickets
   * @return what applies scans, for other ways to receive them
   */
  public static ScanService install(Foundation foundation, ScannedCode codes) {
    ObjectMapper json = foundation.environment().getObjectMapper();
    ScanService scans =
        new ScanService(
            new ScanReader(json, codes),
            new ScanTransaction(
                foundation.jdbi(),
                foundation.clock(),
                Generators.timeBasedEpochGenerator(foundation.random())),
            new ScanMetrics(foundation.prometheus()),
            foundation.clock());
    foundation
        .environment()
        .metrics()
        .register("gate.requests.waiting", (Gauge<Integer>) scans::waiting);
    foundation.environment().jersey().register(new ScanResource(scans, json));
    return scans;
  }
}
