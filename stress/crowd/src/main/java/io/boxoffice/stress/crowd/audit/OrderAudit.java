package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.crowd.record.Checkout;
import io.boxoffice.stress.crowd.shop.OrderRecord;
import io.boxoffice.stress.crowd.shop.OrderState;
import io.boxoffice.stress.crowd.shop.Receipt;
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
public final class OrderAudit {
  // The shop expires orders by the clock of its database, within a second.
  private static final Duration LATE = Duration.ofSeconds(5);

  /** What an answer may report only of an order that ends so. */
  private static final List<OrderState> LASTING =
      List.of(OrderState.CONFIRMED, OrderState.DECLINED, OrderState.CANCELLED);

  private final OrderBooks books;
  private final List<String> faults = new ArrayList<>();
  private final List<String> notAudited = new ArrayList<>();
  private final Map<String, Long> figures = new LinkedHashMap<>();
  private final Map<String, Receipt> receipts = new HashMap<>();

  private OrderAudit(OrderBooks books) {
    this.books = books;
    books.receipts().forEach(receipt -> receipts.put(receipt.id(), receipt));
  }

  /** Audits the orders of a run. */
  public static Findings of(Collection<Checkout> checkouts, OrderBooks books) {
    OrderAudit audit = new OrderAudit(books);
    checkouts.forEach(audit::checkCheckout);
    audit.checkReceipts();
    audit.checkStock();
    audit.count(checkouts);
    LedgerCheck ledger = new LedgerCheck(books, audit.faults);
    audit.figures.putAll(ledger.check());
    ledger.notAudited().ifPresent(audit.notAudited::add);
    return new Findings(
        audit.figures, audit.faults, audit.notAudited, ledger.notAudited().isEmpty());
  }

  private void checkCheckout(Checkout checkout) {
    Collection<String> ids = checkout.hold().purchaseIds();
    if (ids.size() > 1) {
      fault("the key %s has %d orders: %s".formatted(checkout.hold().key(), ids.size(), ids));
    }
    for (String id : ids) {
      OrderRecord order = books.orders().get(id);
      if (order == null) {
        fault("the order %s was acknowledged and is missing".formatted(id));
      } else {
        checkOrder(checkout, order);
      }
    }
  }

  private void checkOrder(Checkout checkout, OrderRecord order) {
    if (order.quantity() != checkout.hold().quantity()
        || !order.ticketTypeId().equals(checkout.hold().offer().ticketTypeId())
        || !order.email().equals(checkout.hold().email())) {
      fault("the order %s is not what was ordered".formatted(order.id()));
    }
    for (OrderState told : LASTING) {
      if (checkout.wasTold(told) && order.state() != told) {
        fault(
            "an answer reported the order %s as %s, and it is %s"
                .formatted(order.id(), told, order.state()));
      }
    }
    boolean wasPaid =
        order.state() == OrderState.CONFIRMED
            || order.state() == OrderState.DECLINED
            || order.state() == OrderState.REFUNDED;
    if (wasPaid && !checkout.isPaid()) {
      fault("the order %s is %s, and no buyer has paid it".formatted(order.id(), order.state()));
    }
    if (order.state() == OrderState.CONFIRMED && !checkout.plan().isCharged()) {
      fault("the order %s is CONFIRMED, and its card is declined".formatted(order.id()));
    }
    checkEnd(order);
    checkReceipt(order);
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

  private void checkStock() {
    StockCheck check = new StockCheck(faults);
    check.stocks(books.stocks());
    if (!books.ownConcerts()) {
      notAudited.add("that capacity = available + held + sold: other clients may buy too");
      return;
    }
    Map<String, Long> held = new HashMap<>();
    books.orders().values().stream()
        .filter(order -> order.state().holdsTickets())
        .forEach(order -> held.merge(order.ticketTypeId(), (long) order.quantity(), Long::sum));
    check.balance(books.receipts(), held, books.stocks());
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
