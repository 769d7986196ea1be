package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.Operation;
import io.boxoffice.stress.check.history.Operation.Kind;
import io.boxoffice.stress.check.history.Operation.Outcome;
import io.boxoffice.stress.check.history.Purchase;
import io.boxoffice.stress.check.history.Stock;
import io.boxoffice.stress.crowd.record.Answer;
import io.boxoffice.stress.crowd.record.Attempt;
import io.boxoffice.stress.crowd.record.Checkout;
import io.boxoffice.stress.crowd.record.Exchange;
import io.boxoffice.stress.crowd.record.Looks.Look;
import io.boxoffice.stress.crowd.shop.OrderRecord;
import io.boxoffice.stress.crowd.shop.OrderState;
import io.boxoffice.stress.crowd.shop.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Turns what buyers and visitors of a run saw into a history for the checker: docs/history.md. */
final class SalesHistory {
  /**
   * How long the shop may repeat "sold out" after tickets were given back, and more than its
   * default (SALES_DESK_SOLD_OUT_MEMORY).
   */
  private static final Duration SOLD_OUT_MEMORY = Duration.ofSeconds(1);

  /** How old a page about a concert may be by default (CONCERT_CACHE_MAX_AGE). */
  private static final Duration PAGE_AGE = Duration.ofSeconds(1);

  /** By so much the shop's clock may run faster than this machine's while an order is held. */
  private static final Duration CLOCKS = Duration.ofSeconds(1);

  private static final int LOST = 0;
  private static final int SERVER_ERROR = 500;

  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, String> keys = new HashMap<>();
  private final long origin;

  private SalesHistory(Stream<Attempt> attempts, Collection<Look> looks) {
    this.origin =
        Stream.concat(
                attempts.flatMap(attempt -> attempt.requests().stream()).map(Exchange::sent),
                looks.stream().map(Look::sent))
            .mapToLong(Long::longValue)
            .min()
            .orElse(0);
  }

  /**
   * Returns the history of concerts from which only this run bought.
   *
   * @param receipts every purchase of those concerts
   * @param stocks every ticket type of those concerts
   */
  static History of(
      Collection<Attempt> attempts,
      Collection<Look> looks,
      Collection<Receipt> receipts,
      Collection<Stock> stocks) {
    SalesHistory history = new SalesHistory(attempts.stream(), looks);
    for (Attempt attempt : attempts) {
      history.buy(attempt);
      attempt
          .cancellations()
          .forEach(one -> history.cancel(attempt, one, one.answer().status() == 200));
    }
    looks.forEach(history::look);
    return new History(
        history.operations,
        receipts.stream()
            .map(
                receipt ->
                    new Purchase(
                        receipt.id(),
                        receipt.ticketTypeId(),
                        receipt.quantity(),
                        history.key(receipt.email()),
                        !receipt.confirmed(),
                        false))
            .toList(),
        stocks);
  }

  /**
   * Returns the history of orders.
   *
   * @param orders all that the run knows of
   * @param stocks every ticket type of their concerts
   */
  static History ofOrders(
      Collection<Checkout> checkouts,
      Collection<Look> looks,
      Collection<OrderRecord> orders,
      Collection<Stock> stocks) {
    SalesHistory history = new SalesHistory(checkouts.stream().map(Checkout::hold), looks);
    Map<String, Long> firstSent = new HashMap<>();
    for (Checkout checkout : checkouts) {
      Attempt hold = checkout.hold();
      history.buy(hold);
      hold.requests().stream()
          .mapToLong(Exchange::sent)
          .min()
          .ifPresent(sent -> firstSent.put(hold.email(), sent));
      checkout.payments().forEach(one -> history.pay(hold, one));
      checkout
          .cancellations()
          .forEach(
              one -> history.cancel(hold, one, one.answer().orderState() == OrderState.CANCELLED));
    }
    looks.forEach(history::look);
    return new History(
        history.operations,
        orders.stream()
            .map(order -> history.purchase(order, firstSent.get(order.email())))
            .toList(),
        stocks);
  }

  private Purchase purchase(OrderRecord order, Long sent) {
    boolean confirmed = order.state() == OrderState.CONFIRMED;
    // No operator refunds here: what is refunded had expired before it was charged.
    boolean expired =
        order.state() == OrderState.EXPIRED
            || order.state() == OrderState.REFUNDING
            || order.state() == OrderState.REFUNDED;
    Duration held = Duration.between(order.createdAt(), order.expiresAt()).minus(CLOCKS);
    return new Purchase(
        order.id(),
        order.ticketTypeId(),
        order.quantity(),
        key(order.email()),
        !confirmed && !order.state().holdsTickets(),
        expired,
        confirmed && order.changedAt().isAfter(order.expiresAt()),
        confirmed,
        sent == null || held.isNegative() ? Long.MIN_VALUE : micros(sent) + held.toNanos() / 1_000);
  }

  /** The key of a buyer; for an address that no buyer has, a key that no request had. */
  private String key(String email) {
    return keys.getOrDefault(email, email);
  }

  private void buy(Attempt attempt) {
    keys.put(attempt.email(), attempt.key());
    for (Exchange exchange : attempt.requests()) {
      Answer answer = exchange.answer();
      Outcome outcome = attempt.isRefusal(answer) ? Outcome.FAILED : Outcome.UNKNOWN;
      if (answer.purchaseId() != null) {
        outcome = Outcome.OK;
      } else if (answer.outcome() == io.boxoffice.stress.crowd.record.Outcome.SOLD_OUT) {
        outcome = Outcome.SOLD_OUT;
      }
      operations.add(
          new Operation(
              nextId(),
              Kind.BUY,
              outcome,
              attempt.offer().ticketTypeId(),
              attempt.quantity(),
              attempt.key(),
              answer.purchaseId(),
              micros(exchange.sent()),
              end(outcome, exchange),
              0,
              SOLD_OUT_MEMORY.toNanos() / 1_000));
    }
  }

  private void cancel(Attempt attempt, Exchange exchange, boolean done) {
    add(Kind.CANCEL, done ? Outcome.OK : refused(exchange), attempt, exchange);
  }

  private void pay(Attempt attempt, Exchange exchange) {
    OrderState state = exchange.answer().reportedState();
    Outcome outcome = Outcome.UNKNOWN;
    if (state == OrderState.CONFIRMED) {
      outcome = Outcome.OK;
    } else if (state == OrderState.DECLINED) {
      outcome = Outcome.DECLINED;
    } else if (state == null) {
      outcome = refused(exchange);
    }
    add(Kind.PAY, outcome, attempt, exchange);
  }

  /** What an answer means that does not say that its request was done. */
  private static Outcome refused(Exchange exchange) {
    int status = exchange.answer().status();
    return status == LOST || status >= SERVER_ERROR ? Outcome.UNKNOWN : Outcome.FAILED;
  }

  private void add(Kind kind, Outcome outcome, Attempt attempt, Exchange exchange) {
    String purchase = attempt.purchaseIds().iterator().next();
    operations.add(
        new Operation(
            nextId(),
            kind,
            outcome,
            null,
            0,
            null,
            purchase,
            micros(exchange.sent()),
            end(outcome, exchange),
            0,
            0));
  }

  private void look(Look look) {
    operations.add(
        new Operation(
            nextId(),
            Kind.READ,
            Outcome.OK,
            look.ticketTypeId(),
            0,
            null,
            null,
            micros(look.sent()),
            micros(look.ended()),
            look.available(),
            PAGE_AGE.toNanos() / 1_000));
  }

  private String nextId() {
    return "request-" + (operations.size() + 1);
  }

  private long end(Outcome outcome, Exchange exchange) {
    return outcome == Outcome.UNKNOWN ? Operation.NEVER : micros(exchange.ended());
  }

  private long micros(long nanoTime) {
    return (nanoTime - origin) / 1_000;
  }
}
