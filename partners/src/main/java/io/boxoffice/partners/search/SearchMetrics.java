package io.boxoffice.partners.search;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;

/** The figures of the search partner; docs/partners.md lists them. */
final class SearchMetrics {
  private static final String APPLIED = "applied";
  private static final String OUTDATED = "outdated";

  private final Counter changes;
  private final Counter searches;

  /** Registers the counters. */
  SearchMetrics(CollectorRegistry prometheus) {
    this.changes =
        Counter.build("search_changes", "Changes of concerts that were answered.")
            .labelNames("outcome")
            .register(prometheus);
    changes.labels(APPLIED);
    changes.labels(OUTDATED);
    this.searches =
        Counter.build("search_searches", "Searches that were answered.").register(prometheus);
  }

  void changed(boolean applied) {
    changes.labels(applied ? APPLIED : OUTDATED).inc();
  }

  void searched() {
    searches.inc();
  }
}
