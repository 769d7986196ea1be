package io.boxoffice.site;

import io.boxoffice.platform.metrics.LabelledGauge;
import io.boxoffice.site.conflict.Conflicts;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** Shows in the metrics which site sells how many concerts, and how far the sites are apart. */
final class SiteFigures {
  /** Between two reads. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  private final Jdbi jdbi;
  private final Conflicts conflicts;
  private final Gauge age;
  private volatile Map<String, Double> homes = Map.of();
  private volatile Map<String, Double> found = Map.of();

  /** Registers the families; they have no value before the first read. */
  SiteFigures(Jdbi jdbi, Conflicts conflicts, CollectorRegistry prometheus) {
    this.jdbi = jdbi;
    this.conflicts = conflicts;
    this.age =
        Gauge.build(
                "site_replication_age_seconds",
                "How old the newest change of the other site is that arrived; NaN if none did.")
            .register(prometheus);
    age.set(Double.NaN);
    new LabelledGauge(
            "site_homes", "Concerts that a site sells, as this one knows.", "site", () -> homes)
        .register(prometheus);
    new LabelledGauge(
            "site_conflicts",
            "Changes of one site that the other one did not accept.",
            "kind",
            () -> found)
        .register(prometheus);
  }

  /** Reads the figures. */
  void refresh() {
    homes = jdbi.withExtension(SiteDao.class, SiteDao::homes);
    found = conflicts.count();
    age.set(jdbi.withExtension(SiteDao.class, SiteDao::replicationAge).orElse(Double.NaN));
  }
}
