package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.Operation.Outcome;
import io.boxoffice.stress.crowd.record.Checkout;
import io.boxoffice.stress.crowd.record.Looks.Look;
import io.boxoffice.stress.crowd.shop.OrderRecord;
import io.boxoffice.stress.crowd.shop.OrderState;
import io.boxoffice.stress.crowd.shop.Receipt;
import io.boxoffice.stress.crowd.shop.Stock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Compares the answers about orders with the records of the shop, and these with the ledger of the
 * payment partner. It decides from lists alone, so that a test can give it wrong records.
 */
final class OrderAudit {
  // The shop expires orders by the clock of its database, within a second.
  private static final Duration LATE = Duration.ofSeconds(5);

  /** More tickets than a ticket type of others can have, whose sales the run does not know. */
  private static final long ENOUGH = 1_000_000_000;

  private final OrderBooks books;
  private final List<String> faults = new ArrayList<>();
  private final List<String> notAudited = new ArrayList<>();
  private final Map<String, Long> figures = new LinkedHashMap<>();
  private final Map<String, Receipt> receipts = new HashMap<>();

  private OrderAudit(OrderBooks books) {
    this.books = books;
    books.receipts().forEach(receipt -> receipts.put(receipt.id(), receipt));
  }

  /**
   * Audits the orders of a run.
   *
   * @param looks what visitors saw of their concerts
   */
  static Findings of(Collection<Checkout> checkouts, Collection<Look> looks, OrderBooks books) {
    OrderAudit audit = new OrderAudit(books);
    checkouts.forEach(audit::checkCheckout);
    audit.checkReceipts();
    History history = audit.history(checkouts, looks);
    HistoryCheck check = new HistoryCheck(history);
    audit.faults.addAll(check.faults());
    audit.notAudited.addAll(check.notAudited());
    audit.count(checkouts);
    audit.figures.putAll(check.figures());
    LedgerCheck ledger = new LedgerCheck(books, audit.faults);
    audit.figures.putAll(ledger.check());
    ledger.notAudited().ifPresent(audit.notAudited::add);
    return new Findings(
        audit.figures,
        audit.faults,
        audit.notAudited,
        ledger.notAudited().isEmpty(),
        books.ownConcerts() ? history : null);
  }

  private History history(Collection<Checkout> checkouts, Collection<Look> looks) {
    Collection<OrderRecord> orders = books.orders().values();
    if (books.ownConcerts()) {
      return SalesHistory.ofOrders(
          checkouts, looks, orders, books.stocks().stream().map(Stock::inTheHistory).toList());
    }
    notAudited.add("that capacity = available + held + sold: other clients may buy too");
    List<io.boxoffice.stress.check.history.Stock> stocks =
        checkouts.stream()
            .map(checkout -> checkout.hold().offer().ticketTypeId())
            .distinct()
            .map(type -> new io.boxoffice.stress.check.history.Stock(type, ENOUGH, null))
            .toList();
    History history = SalesHistory.ofOrders(checkouts, List.of(), orders, stocks);
    return new History(
        history.operations().stream().filter(one -> one.outcome() != Outcome.SOLD_OUT).toList(),
        history.purchases(),
        stocks);
  }

  private void checkCheckout(Checkout checkout) {
    for (String id : checkout.hold().purchaseIds()) {
      OrderRecord order = books.orders().get(id);
      if (order == null) {
        continue;
      }
      if (order.state() == OrderState.REFUNDED && checkout.payments().isEmpty()) {
        fault("the order %s is REFUNDED, and no buyer has paid it".formatted(order.id()));
      }
      if (order.state() == OrderState.CONFIRMED && !checkout.plan().isCharged()) {
        fault("the order %s is CONFIRMED, and its card is declined".formatted(order.id()));
      }
      checkEnd(order);
      checkReceipt(order);
    }
  }

  /** The order has a last state, or its time is not over. */
  private void checkEnd(OrderRecord order) {
    if (order.state().waitsForPartner()) {
      fault("the order %s is still %s".formatted(order.id(), order.state()));
    }
    if (order.state() == OrderState.HELD && order.expiresAt().plus(LATE).isBefore(books.readAt())) {
      fault("the order %s is HELD after its time".formatted(order.id()));
    }
  }

  private void checkReceipt(OrderRecord order) {
    Receipt receipt = receipts.get(order.id());
    boolean sold = receipt != null && receipt.confirmed();
    if (sold != (order.state() == OrderState.CONFIRMED)) {
      fault(
          "the order %s is %s and has %s purchase"
              .formatted(order.id(), order.state(), sold ? "a" : "no"));
    }
    if (sold
        && (receipt.quantity() != order.quantity()
            || !receipt.ticketTypeId().equals(order.ticketTypeId())
            || !receipt.email().equals(order.email()))) {
      fault("the purchase of the order %s is not what was ordered".formatted(order.id()));
    }
  }

  private void checkReceipts() {
    new StockCheck(faults).tickets(books.receipts());
    for (Receipt receipt : books.receipts()) {
      if (!books.orders().containsKey(receipt.id())) {
        fault("the purchase %s belongs to no order of this run".formatted(receipt.id()));
      }
    }
  }

  private void count(Collection<Checkout> checkouts) {
    figures.put(
        "ordersAcknowledged",
        checkouts.stream().filter(checkout -> checkout.hold().isAcknowledged()).count());
    figures.put("ordersInTheBooks", (long) books.orders().size());
    Map<OrderState, Long> states = new LinkedHashMap<>();
    for (OrderState state : OrderState.values()) {
      states.put(state, 0L);
    }
    books.orders().values().forEach(order -> states.merge(order.state(), 1L, Long::sum));
    states.forEach(
        (state, orders) -> {
          if (orders > 0) {
            String word =
                state.name().charAt(0) + state.name().substring(1).toLowerCase(Locale.ROOT);
            figures.put("orders" + word, orders);
          }
        });
    figures.put(
        "ticketsInTheBooks",
        books.receipts().stream().filter(Receipt::confirmed).mapToLong(Receipt::quantity).sum());
    figures.put(
        "confirmedWithoutAnAnswer",
        checkouts.stream()
            .filter(checkout -> checkout.hold().isAcknowledged())
            .filter(checkout -> !checkout.wasTold(OrderState.CONFIRMED))
            .map(checkout -> books.orders().get(checkout.orderId()))
            .filter(Objects::nonNull)
            .filter(order -> order.state() == OrderState.CONFIRMED)
            .count());
  }

  private void fault(String sentence) {
    faults.add(sentence);
  }
}
