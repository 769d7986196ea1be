package io.boxoffice.gate.scan;

import com.fasterxml.uuid.Generators;
import io.boxoffice.gate.state.Reason;
import io.boxoffice.gate.store.ScanTransaction;
import io.dropwizard.jackson.Jackson;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;

/** Builds the service of scans for a database, without a shop that signs codes. */
public final class TestScans {
  private TestScans() {}

  /** Returns a service that takes every code as forged. */
  public static ScanService of(Jdbi jdbi) {
    return new ScanService(
        new ScanReader(
            Jackson.newObjectMapper(), code -> ScannedCode.Meaning.refused(Reason.FORGED)),
        new ScanTransaction(jdbi, Clock.systemUTC(), Generators.timeBasedEpochRandomGenerator()),
        new ScanMetrics(new CollectorRegistry()),
        Clock.systemUTC());
  }
}
