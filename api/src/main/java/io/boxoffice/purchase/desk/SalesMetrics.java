package io.boxoffice.purchase.desk;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import io.boxoffice.purchase.allocation.Verdict;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Histogram;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Counts verdicts and measures the desk, so that operators see its load and its results. */
public final class SalesMetrics {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double[] SECONDS = {
    .0005, .001, .0025, .005, .01, .025, .05, .1, .2, .3, .5, 1, 2, 5, 10
  };

  private final Map<Verdict.Outcome, Meter> purchases = new EnumMap<>(Verdict.Outcome.class);
  private final Meter overloaded;
  private final Meter failed;
  private final MetricRegistry metrics;
  private final Meter ticketsSold;
  private final Meter ticketsReturned;
  private final Histogram batchSize;
  private final Histogram batchSeconds;
  private final Histogram queuedSeconds;

  /**
   * Registers all outcomes at the start, so that each metric exists as 0 before its first event.
   */
  public SalesMetrics(MetricRegistry metrics, CollectorRegistry prometheus) {
    this.metrics = metrics;
    this.batchSize =
        Histogram.build("sales_desk_batch_size", "Requests in one batch.")
            .buckets(1, 2, 4, 8, 16, 32, 64, 128, 256)
            .register(prometheus);
    this.batchSeconds =
        Histogram.build("sales_desk_settle_seconds", "Time to run one batch, including its commit.")
            .buckets(SECONDS)
            .register(prometheus);
    this.queuedSeconds =
        Histogram.build(
                "sales_desk_wait_seconds", "Time that a request was queued before its batch.")
            .buckets(SECONDS)
            .register(prometheus);
    for (Verdict.Outcome outcome : Verdict.Outcome.values()) {
      purchases.put(outcome, metrics.meter("purchases." + outcome.name().toLowerCase(Locale.ROOT)));
    }
    this.overloaded = metrics.meter("purchases.overloaded");
    this.failed = metrics.meter("purchases.failed");
    this.ticketsSold = metrics.meter("tickets.sold");
    this.ticketsReturned = metrics.meter("tickets.returned");
  }

  void watchQueue(Supplier<Integer> depth, int limit) {
    metrics.register("sales.desk.queue.depth", (Gauge<Integer>) depth::get);
    metrics.register("sales.desk.queue.limit", (Gauge<Integer>) () -> limit);
  }

  void queued(long nanos) {
    queuedSeconds.observe(nanos / NANOS_PER_SECOND);
  }

  void batch(int size, long nanos) {
    batchSize.observe(size);
    batchSeconds.observe(nanos / NANOS_PER_SECOND);
  }

  void count(Verdict verdict) {
    if (verdict instanceof Verdict.Sold sold) {
      sold(sold.purchase().quantity());
    }
    purchases.get(verdict.outcome()).mark();
  }

  /** Counts tickets that are sold: the desk sold them, or an order was confirmed. */
  public void sold(int tickets) {
    ticketsSold.mark(tickets);
  }

  /** Counts the tickets of a cancelled purchase. */
  public void returned(int tickets) {
    ticketsReturned.mark(tickets);
  }

  void overloaded() {
    overloaded.mark();
  }

  void failed() {
    failed.mark();
  }
}
