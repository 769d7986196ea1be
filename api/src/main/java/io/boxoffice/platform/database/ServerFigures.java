package io.boxoffice.platform.database;

import io.boxoffice.platform.metrics.PeriodicGauges;
import org.jdbi.v3.core.Jdbi;

/** What the server tells of itself, as far as its user may ask. */
public final class ServerFigures {
  private final Jdbi jdbi;

  /** Asks the given database. */
  public ServerFigures(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Exports the size, and the lag where a standby is to be seen. */
  public void addTo(PeriodicGauges gauges) {
    gauges.add("database.size", () -> jdbi.withExtension(ServerDao.class, ServerDao::size));
    gauges.add(
        "database.replication-lag",
        () -> jdbi.withExtension(ServerDao.class, ServerDao::replicationLag));
  }
}
