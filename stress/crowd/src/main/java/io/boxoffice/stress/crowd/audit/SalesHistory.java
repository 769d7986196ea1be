package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.Operation;
import io.boxoffice.stress.check.history.Operation.Kind;
import io.boxoffice.stress.check.history.Operation.Outcome;
import io.boxoffice.stress.check.history.Purchase;
import io.boxoffice.stress.crowd.record.Answer;
import io.boxoffice.stress.crowd.record.Attempt;
import io.boxoffice.stress.crowd.record.Exchange;
import io.boxoffice.stress.crowd.shop.Receipt;
import io.boxoffice.stress.crowd.shop.Stock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the purchases of a run into a history for the checker: docs/history.md. */
public final class SalesHistory {
  /**
   * How long the shop may repeat "sold out" after tickets were given back, and more than its
   * default (SALES_DESK_SOLD_OUT_MEMORY).
   */
  private static final Duration SOLD_OUT_MEMORY = Duration.ofSeconds(1);

  private static final int LOST = 0;
  private static final int SERVER_ERROR = 500;

  private final List<Operation> operations = new ArrayList<>();
  private final long origin;

  private SalesHistory(long origin) {
    this.origin = origin;
  }

  /**
   * Returns the history of concerts from which only this run bought.
   *
   * @param receipts every purchase of those concerts
   * @param stocks every ticket type of those concerts
   */
  public static History of(
      Collection<Attempt> attempts, Collection<Receipt> receipts, Collection<Stock> stocks) {
    SalesHistory history =
        new SalesHistory(
            attempts.stream()
                .flatMap(attempt -> attempt.requests().stream())
                .mapToLong(Exchange::sent)
                .min()
                .orElse(0));
    Map<String, String> keys = new HashMap<>();
    for (Attempt attempt : attempts) {
      keys.put(attempt.email(), attempt.key());
      attempt.requests().forEach(exchange -> history.buy(attempt, exchange));
      attempt.cancellations().forEach(exchange -> history.cancel(attempt, exchange));
    }
    return new History(
        history.operations,
        receipts.stream()
            .map(
                receipt ->
                    new Purchase(
                        receipt.id(),
                        receipt.ticketTypeId(),
                        receipt.quantity(),
                        keys.get(receipt.email()),
                        !receipt.confirmed(),
                        false))
            .toList(),
        stocks.stream()
            .map(
                stock ->
                    new io.boxoffice.stress.check.history.Stock(
                        stock.ticketTypeId(), stock.capacity(), stock.available()))
            .toList());
  }

  private void buy(Attempt attempt, Exchange exchange) {
    Answer answer = exchange.answer();
    Outcome outcome = attempt.isRefusal(answer) ? Outcome.FAILED : Outcome.UNKNOWN;
    if (answer.purchaseId() != null) {
      outcome = Outcome.OK;
    } else if (answer.outcome() == io.boxoffice.stress.crowd.record.Outcome.SOLD_OUT) {
      outcome = Outcome.SOLD_OUT;
    }
    add(
        Kind.BUY,
        outcome,
        attempt.offer().ticketTypeId(),
        attempt.quantity(),
        attempt.key(),
        answer.purchaseId(),
        exchange);
  }

  private void cancel(Attempt attempt, Exchange exchange) {
    int status = exchange.answer().status();
    Outcome outcome = status == LOST || status >= SERVER_ERROR ? Outcome.UNKNOWN : Outcome.FAILED;
    add(
        Kind.CANCEL,
        status == 200 ? Outcome.OK : outcome,
        null,
        0,
        null,
        attempt.purchaseIds().iterator().next(),
        exchange);
  }

  private void add(
      Kind kind,
      Outcome outcome,
      String stock,
      int quantity,
      String key,
      String purchase,
      Exchange exchange) {
    operations.add(
        new Operation(
            "request-" + (operations.size() + 1),
            kind,
            outcome,
            stock,
            quantity,
            key,
            purchase,
            micros(exchange.sent()),
            outcome == Outcome.UNKNOWN ? Operation.NEVER : micros(exchange.ended()),
            0,
            kind == Kind.BUY ? SOLD_OUT_MEMORY.toNanos() / 1_000 : 0));
  }

  private long micros(long nanoTime) {
    return (nanoTime - origin) / 1_000;
  }
}
