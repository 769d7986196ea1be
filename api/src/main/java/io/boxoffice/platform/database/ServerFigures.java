package io.boxoffice.platform.database;

import io.boxoffice.platform.database.ServerDao.Timeline;
import io.boxoffice.platform.metrics.LabelledGauge;
import io.boxoffice.platform.metrics.PeriodicGauges;
import io.prometheus.client.CollectorRegistry;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Exports figures that the database server reports about itself, as far as the user's rights allow.
 */
public final class ServerFigures {
  private final Jdbi jdbi;

  /** The timeline by its cluster; empty while it is not known. */
  private volatile Map<String, Double> timelines = Map.of();

  /** Reads the figures from the given database. */
  public ServerFigures(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Exports the database's size, its timeline and its synchronous standbys, and the replication lag
   * when a standby is visible.
   *
   * @param prometheus gets the timeline, which has a label
   */
  public void addTo(PeriodicGauges gauges, CollectorRegistry prometheus) {
    gauges.add("database.size", () -> jdbi.withExtension(ServerDao.class, ServerDao::size));
    gauges.add(
        "database.replication-lag",
        () -> jdbi.withExtension(ServerDao.class, ServerDao::replicationLag));
    gauges.add(
        "database.sync-standbys.wanted",
        () -> jdbi.withExtension(ServerDao.class, ServerDao::syncStandbysWanted));
    gauges.add(
        "database.sync-standbys.connected",
        () -> jdbi.withExtension(ServerDao.class, ServerDao::syncStandbys));
    gauges.add("database.timeline", this::readTimeline);
    new LabelledGauge(
            "database_timeline",
            "The timeline of the server that this replica writes to; each promotion begins a new one.",
            "cluster",
            () -> timelines)
        .register(prometheus);
  }

  private Number readTimeline() {
    timelines = Map.of();
    Optional<Timeline> timeline = jdbi.withExtension(ServerDao.class, ServerDao::timeline);
    timelines =
        timeline.map(there -> Map.of(there.cluster(), (double) there.number())).orElse(Map.of());
    return timeline.map(Timeline::number).orElse(null);
  }
}
