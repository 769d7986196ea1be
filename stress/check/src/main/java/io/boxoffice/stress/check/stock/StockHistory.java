package io.boxoffice.stress.check.stock;

import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.Operation;
import io.boxoffice.stress.check.history.Operation.Kind;
import io.boxoffice.stress.check.history.Operation.Outcome;
import io.boxoffice.stress.check.history.Purchase;
import io.boxoffice.stress.check.history.Stock;
import java.util.ArrayList;
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
    Map<String, Span> backs = new HashMap<>();
    Map<String, Span> pays = new HashMap<>();
    for (Operation operation : history.operations()) {
      switch (operation.kind()) {
        case BUY -> {
          Span span = buys.computeIfAbsent(operation.key(), key -> new Span());
          span.add(operation, Outcome.OK);
          if (operation.purchase() != null) {
            byPurchase.put(operation.purchase(), span);
          }
        }
        case CANCEL -> span(backs, operation).add(operation, Outcome.OK);
        case PAY -> {
          span(pays, operation).add(operation, Outcome.OK);
          if (operation.outcome() == Outcome.DECLINED || operation.outcome() == Outcome.UNKNOWN) {
            span(backs, operation).add(operation, Outcome.DECLINED);
          }
        }
        case READ -> {}
      }
      if (operation.stock() != null) {
        all.get(operation.stock()).see(operation);
      }
    }
    for (Purchase purchase : history.purchases()) {
      Span bought =
          purchase.key() == null ? byPurchase.get(purchase.id()) : buys.get(purchase.key());
      all.get(purchase.stock())
          .change(
              purchase,
              orAlways(bought),
              orAlways(backs.get(purchase.id())),
              orAlways(pays.get(purchase.id())));
    }
    return List.copyOf(all.values());
  }

  private static Span span(Map<String, Span> spans, Operation operation) {
    return spans.computeIfAbsent(operation.purchase(), id -> new Span());
  }

  private static Span orAlways(Span span) {
    return span == null ? Span.ALWAYS : span;
  }

  /** The time from the first request to the first answer that it was done. */
  private static final class Span {
    static final Span ALWAYS = new Span();

    private long from = Long.MAX_VALUE;
    private long to = Operation.NEVER;
    private String first;
    private String done;

    void add(Operation operation, Outcome success) {
      if (operation.invoked() < from) {
        from = operation.invoked();
        first = operation.id();
      }
      if (operation.outcome() == success && operation.ended() < to) {
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

  /** Returns it without the answers that may be older than their request. */
  StockHistory withoutOld() {
    return new StockHistory(stock, changes, sights.stream().filter(sight -> !sight.old()).toList());
  }

  private void change(Purchase purchase, Span bought, Span back, Span paid) {
    int tickets = purchase.quantity();
    long since = bought.from();
    changes.add(new Change(bought.operation(), -tickets, since, bought.to, false));
    long expiry = Math.max(since, purchase.heldUntil());
    // What was paid before it could expire was not taken again.
    if (purchase.takenAgain() && expiry <= paid.to) {
      changes.add(new Change(null, tickets, expiry, Operation.NEVER, true));
      since = Math.max(expiry, paid.from());
      changes.add(new Change(paid.operation(), -tickets, since, paid.to, true));
    }
    if (purchase.givenBack()) {
      long from = back.from();
      if (purchase.expired()) {
        from = back == Span.ALWAYS ? expiry : Math.min(expiry, from);
      }
      changes.add(new Change(back.operation(), tickets, Math.max(since, from), back.to, true));
    }
  }

  private void see(Operation operation) {
    boolean read = operation.kind() == Kind.READ && operation.outcome() == Outcome.OK;
    boolean refused = operation.kind() == Kind.BUY && operation.outcome() == Outcome.SOLD_OUT;
    if (read || refused) {
      sights.add(
          new Sight(
              operation.id(),
              read,
              read ? operation.available() : operation.quantity(),
              operation.invoked() - operation.maxAge(),
              operation.ended(),
              operation.maxAge() > 0));
    }
  }
}
