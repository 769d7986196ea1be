package io.boxoffice.stress.check.stock;

import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.Operation;
import io.boxoffice.stress.check.history.Operation.Kind;
import io.boxoffice.stress.check.history.Operation.Outcome;
import io.boxoffice.stress.check.history.Purchase;
import io.boxoffice.stress.check.history.Stock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes and sights of one stock. The purchases that the shop has in the end decide which
 * requests without an answer were done.
 */
public record StockHistory(Stock stock, List<Change> changes, List<Sight> sights) {

  /** Returns those of each stock, in the order of the history. */
  public static List<StockHistory> of(History history) {
    Map<String, StockHistory> all = new LinkedHashMap<>();
    history
        .stocks()
        .forEach(
            stock ->
                all.put(stock.id(), new StockHistory(stock, new ArrayList<>(), new ArrayList<>())));
    Map<String, Span> buys = new HashMap<>();
    Map<String, Span> byPurchase = new HashMap<>();
    Map<String, Span> cancels = new HashMap<>();
    for (Operation operation : history.operations()) {
      switch (operation.kind()) {
        case BUY -> {
          Span span = buys.computeIfAbsent(operation.key(), key -> new Span());
          span.add(operation);
          if (operation.purchase() != null) {
            byPurchase.put(operation.purchase(), span);
          }
        }
        case CANCEL ->
            cancels.computeIfAbsent(operation.purchase(), id -> new Span()).add(operation);
        case READ -> {}
      }
      if (operation.stock() != null) {
        all.get(operation.stock()).see(operation);
      }
    }
    for (Purchase purchase : history.purchases()) {
      Span bought =
          purchase.key() == null ? byPurchase.get(purchase.id()) : buys.get(purchase.key());
      all.get(purchase.stock()).change(purchase, bought, cancels.get(purchase.id()));
    }
    return List.copyOf(all.values());
  }

  /** The time from the first request to the first answer that it was done. */
  private static final class Span {
    static final Span ALWAYS = new Span();

    private long from = Long.MAX_VALUE;
    private long to = Operation.NEVER;
    private String first;
    private String done;

    void add(Operation operation) {
      if (operation.invoked() < from) {
        from = operation.invoked();
        first = operation.id();
      }
      if (operation.outcome() == Outcome.OK && operation.ended() < to) {
        to = operation.ended();
        done = operation.id();
      }
    }

    long from() {
      return first == null ? Long.MIN_VALUE : from;
    }

    String operation() {
      return done == null ? first : done;
    }
  }

  /** Returns the same with its changes in the order in which they must end. */
  StockHistory byEnd() {
    return new StockHistory(
        stock, changes.stream().sorted(Comparator.comparingLong(Change::to)).toList(), sights);
  }

  /**
   * Returns how long a change takes whose end is known, in microseconds: half of them take less.
   */
  long duration() {
    long[] durations =
        changes.stream()
            .filter(change -> change.to() != Long.MAX_VALUE)
            .mapToLong(change -> change.to() - change.from())
            .sorted()
            .toArray();
    return durations.length == 0 ? 0 : durations[durations.length / 2];
  }

  /** Returns what has begun by a time; what ends later has no end. */
  StockHistory until(long time) {
    return new StockHistory(
        stock,
        changes.stream()
            .filter(change -> change.from() <= time)
            .map(change -> change.to() <= time ? change : change.withoutEnd())
            .toList(),
        sights.stream().filter(sight -> sight.to() <= time).toList());
  }

  private void change(Purchase purchase, Span buys, Span cancels) {
    Span bought = buys == null ? Span.ALWAYS : buys;
    changes.add(new Change(bought.operation(), -purchase.quantity(), bought.from(), bought.to));
    if (purchase.givenBack()) {
      Span back = cancels == null ? Span.ALWAYS : cancels;
      changes.add(
          new Change(
              back.operation(),
              purchase.quantity(),
              purchase.expired() ? bought.from() : Math.max(bought.from(), back.from()),
              back.to));
    }
  }

  private void see(Operation operation) {
    long from = operation.invoked() - operation.maxAge();
    if (operation.kind() == Kind.READ && operation.outcome() == Outcome.OK) {
      sights.add(new Sight(operation.id(), true, operation.available(), from, operation.ended()));
    } else if (operation.kind() == Kind.BUY && operation.outcome() == Outcome.SOLD_OUT) {
      sights.add(new Sight(operation.id(), false, operation.quantity(), from, operation.ended()));
    }
  }
}
