package io.boxoffice.platform.database;

import io.boxoffice.platform.metrics.PeriodicGauges;
import org.jdbi.v3.core.Jdbi;

/**
 * Exports figures that the database server reports about itself, as far as the user's rights allow.
 */
public final class ServerFigures {
  private final Jdbi jdbi;

  /** Reads the figures from the given database. */
  public ServerFigures(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Exports the database's size, and the replication lag when a standby is visible. */
  public void addTo(PeriodicGauges gauges) {
    gauges.add("database.size", () -> jdbi.withExtension(ServerDao.class, ServerDao::size));
    gauges.add(
        "database.replication-lag",
        () -> jdbi.withExtension(ServerDao.class, ServerDao::replicationLag));
  }
}
