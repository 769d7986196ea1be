package io.boxoffice.site;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;

/** Counts the moves of homes, so that a take-over is seen. */
final class HomeMetrics {
  private final Counter moves;

  HomeMetrics(CollectorRegistry prometheus) {
    moves =
        Counter.build("site_home_moves", "Concerts whose home this replica moved.")
            .register(prometheus);
  }

  void moved(long concerts) {
    moves.inc((double) concerts);
  }
}
