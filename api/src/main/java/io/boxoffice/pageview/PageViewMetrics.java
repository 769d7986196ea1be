package io.boxoffice.pageview;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import java.util.function.IntSupplier;

/** Counts page views, so that operators see how many share a transaction, and what is lost. */
final class PageViewMetrics {
  private final MetricRegistry metrics;
  private final Meter written;
  private final Meter transactions;
  private final Meter refused;
  private final Meter lost;

  PageViewMetrics(MetricRegistry metrics) {
    this.metrics = metrics;
    written = metrics.meter("page-views.written");
    transactions = metrics.meter("page-views.transactions");
    refused = metrics.meter("page-views.refused");
    lost = metrics.meter("page-views.lost");
  }

  /** Shows how many views wait to be written. */
  void watch(IntSupplier waiting) {
    metrics.register("page-views.waiting", (Gauge<Integer>) waiting::getAsInt);
  }

  /** Counts a committed transaction. */
  void written(int views) {
    written.mark(views);
    transactions.mark();
  }

  void refused() {
    refused.mark();
  }

  /** Counts views whose request was answered, and that will not be written. */
  void lost(int views) {
    lost.mark(views);
  }
}
