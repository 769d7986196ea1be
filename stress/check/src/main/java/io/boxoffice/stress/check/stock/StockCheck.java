package io.boxoffice.stress.check.stock;

import io.boxoffice.stress.check.history.Purchase;
import io.boxoffice.stress.check.stock.Ordering.Answer;
import io.boxoffice.stress.check.stock.Ordering.Outcome;
import io.boxoffice.stress.check.verdict.Contradiction;
import io.boxoffice.stress.check.verdict.Contradiction.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks the stocks of a history: what is left in the end, and what each answer said of them. */
public final class StockCheck {
  /** So many contradictions are reported of each stock. */
  private static final int MOST = 5;

  private final List<Contradiction> contradictions = new ArrayList<>();
  private final List<String> undecided = new ArrayList<>();

  /** Returns what was found. */
  public List<Contradiction> contradictions() {
    return contradictions;
  }

  /** Returns the stocks whose order was too costly to decide. */
  public List<String> undecided() {
    return undecided;
  }

  /**
   * Checks each stock.
   *
   * @param ordered whether to look for an order. Without the right purchases it would be a wrong
   *     one
   */
  public void check(List<StockHistory> histories, Collection<Purchase> purchases, boolean ordered) {
    Map<String, Long> sold =
        purchases.stream()
            .filter(purchase -> !purchase.givenBack())
            .collect(
                Collectors.groupingBy(Purchase::stock, Collectors.summingLong(Purchase::quantity)));
    for (StockHistory history : histories) {
      int before = contradictions.size();
      checkEnd(history, sold.getOrDefault(history.stock().id(), 0L));
      contradictions.addAll(Bounds.of(history, MOST));
      if (ordered && contradictions.size() == before) {
        checkOrder(history);
      }
    }
  }

  private void checkEnd(StockHistory history, long sold) {
    String stock = history.stock().id();
    long capacity = history.stock().capacity();
    Long left = history.stock().available();
    if (sold > capacity) {
      contradictions.add(
          new Contradiction(
              Promise.STOCK,
              "%s: oversold: %d tickets are sold of %d".formatted(stock, sold, capacity),
              List.of()));
    }
    if (left != null && left != capacity - sold) {
      contradictions.add(
          new Contradiction(
              Promise.STOCK,
              "%s: %d tickets exist, %d are sold, and %d are left in place of %d"
                  .formatted(stock, capacity, sold, left, capacity - sold),
              List.of()));
    }
  }

  /** Many old answers fit in so many ways that the search with them may have no end. */
  private void checkOrder(StockHistory history) {
    StockHistory fresh = history.withoutOld();
    boolean old = fresh.sights().size() < history.sights().size();
    Outcome outcome = Ordering.of(history, old ? Ordering.tries(history) : Ordering.MANY_TRIES);
    if (outcome.answer() == Answer.UNDECIDED) {
      undecided.add(history.stock().id());
      if (old) {
        report(fresh, Ordering.of(fresh, Ordering.MANY_TRIES));
      }
    } else {
      report(history, outcome);
    }
  }

  private void report(StockHistory history, Outcome outcome) {
    if (outcome.answer() == Answer.IMPOSSIBLE) {
      StockHistory until = history.until(outcome.at().time());
      contradictions.add(
          new Contradiction(
              Promise.ANSWERS,
              "%s: no order of these requests, each between its begin and its end, leads to their answers"
                  .formatted(history.stock().id()),
              Fewest.of(until)));
    }
  }
}
