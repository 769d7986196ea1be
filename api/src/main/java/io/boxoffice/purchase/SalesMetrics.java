package io.boxoffice.purchase;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
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

  private enum Outcome {
    SOLD,
    REPLAYED,
    SOLD_OUT,
    SALES_NOT_OPEN,
    SALES_CLOSED,
    KEY_REUSED,
    INVALID,
    OVERLOADED,
    FAILED
  }

  private final Map<Outcome, Meter> purchases = new EnumMap<>(Outcome.class);
  private final MetricRegistry metrics;
  private final Meter ticketsSold;
  private final Meter ticketsReturned;
  private final Histogram batchSize;
  private final Histogram settleSeconds;
  private final Histogram waitSeconds;

  /**
   * Registers all outcomes at the start, so that each metric exists as 0 before its first event.
   */
  public SalesMetrics(MetricRegistry metrics, CollectorRegistry prometheus) {
    this.metrics = metrics;
    this.batchSize =
        Histogram.build("sales_desk_batch_size", "Requests that one transaction settled.")
            .buckets(1, 2, 4, 8, 16, 32, 64, 128, 256)
            .register(prometheus);
    this.settleSeconds =
        Histogram.build("sales_desk_settle_seconds", "Time to settle and commit one batch.")
            .buckets(SECONDS)
            .register(prometheus);
    this.waitSeconds =
        Histogram.build("sales_desk_wait_seconds", "Time that a request waited for its batch.")
            .buckets(SECONDS)
            .register(prometheus);
    for (Outcome outcome : Outcome.values()) {
      purchases.put(outcome, metrics.meter("purchases." + outcome.name().toLowerCase(Locale.ROOT)));
    }
    this.ticketsSold = metrics.meter("tickets.sold");
    this.ticketsReturned = metrics.meter("tickets.returned");
  }

  void watchQueue(Supplier<Integer> depth, int limit) {
    metrics.register("sales.desk.queue.depth", (Gauge<Integer>) depth::get);
    metrics.register("sales.desk.queue.limit", (Gauge<Integer>) () -> limit);
  }

  void waited(long nanos) {
    waitSeconds.observe(nanos / NANOS_PER_SECOND);
  }

  void settledBatch(int size, long nanos) {
    batchSize.observe(size);
    settleSeconds.observe(nanos / NANOS_PER_SECOND);
  }

  void settled(Verdict verdict) {
    if (verdict instanceof Verdict.Sold sold) {
      ticketsSold.mark(sold.purchase().quantity());
    }
    count(outcomeOf(verdict));
  }

  void returned(int tickets) {
    ticketsReturned.mark(tickets);
  }

  void overloaded() {
    count(Outcome.OVERLOADED);
  }

  void failed() {
    count(Outcome.FAILED);
  }

  private void count(Outcome outcome) {
    purchases.get(outcome).mark();
  }

  private static Outcome outcomeOf(Verdict verdict) {
    if (verdict instanceof Verdict.Sold) {
      return Outcome.SOLD;
    }
    if (verdict instanceof Verdict.Replayed) {
      return Outcome.REPLAYED;
    }
    if (verdict instanceof Verdict.SoldOut) {
      return Outcome.SOLD_OUT;
    }
    if (verdict instanceof Verdict.SalesNotOpen) {
      return Outcome.SALES_NOT_OPEN;
    }
    if (verdict instanceof Verdict.SalesClosed) {
      return Outcome.SALES_CLOSED;
    }
    return verdict instanceof Verdict.KeyReused ? Outcome.KEY_REUSED : Outcome.INVALID;
  }
}
