package io.boxoffice.purchase;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts verdicts: {@code purchases_total{outcome}} and {@code tickets_sold_total}. */
public final class SalesMetrics {

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
  private final Meter ticketsSold;

  /** Registers every outcome at once, so that each is there as 0 before it first happens. */
  public SalesMetrics(MetricRegistry metrics) {
    for (Outcome outcome : Outcome.values()) {
      purchases.put(outcome, metrics.meter("purchases." + outcome.name().toLowerCase(Locale.ROOT)));
    }
    this.ticketsSold = metrics.meter("tickets.sold");
  }

  void settled(Verdict verdict) {
    if (verdict instanceof Verdict.Sold sold) {
      ticketsSold.mark(sold.purchase().quantity());
    }
    count(outcomeOf(verdict));
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
