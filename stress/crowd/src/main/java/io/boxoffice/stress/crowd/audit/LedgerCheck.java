package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.crowd.shop.Charge;
import io.boxoffice.stress.crowd.shop.OrderRecord;
import io.boxoffice.stress.crowd.shop.OrderState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the orders of the shop with the ledger of the payment partner: money against tickets.
 */
final class LedgerCheck {
  private final OrderBooks books;
  private final List<String> faults;
  private final Map<String, List<Charge>> charges = new HashMap<>();
  private final String reason;

  /** Adds a sentence for each fault to the given list. */
  LedgerCheck(OrderBooks books, List<String> faults) {
    this.books = books;
    this.faults = faults;
    if (books.charges() != null) {
      for (Charge charge : books.charges()) {
        charges.computeIfAbsent(charge.reference(), order -> new ArrayList<>(1)).add(charge);
      }
    }
    this.reason = reason();
  }

  /** Why the ledger was not compared; empty if it was. */
  Optional<String> notAudited() {
    return Optional.ofNullable(reason).map(why -> "the ledger of the payment partner: " + why);
  }

  private String reason() {
    if (books.charges() == null) {
      return books.noLedger();
    }
    boolean known = books.orders().keySet().stream().anyMatch(charges::containsKey);
    boolean confirmed =
        books.orders().values().stream().anyMatch(order -> order.state() == OrderState.CONFIRMED);
    return confirmed && !known
        ? "it has none of the orders of this run, so it is that of another shop"
        : null;
  }

  /** Compares, and counts what was compared. */
  Map<String, Long> check() {
    if (reason != null) {
      return Map.of();
    }
    books.orders().values().forEach(this::checkOrder);
    List<Charge> own =
        books.charges().stream()
            .filter(charge -> books.orders().containsKey(charge.reference()))
            .toList();
    return Map.of(
        "chargesInTheLedger", own.stream().filter(Charge::succeeded).count(),
        "refundsInTheLedger", own.stream().filter(Charge::refunded).count());
  }

  private void checkOrder(OrderRecord order) {
    List<Charge> all = charges.getOrDefault(order.id(), List.of());
    List<Charge> paid = all.stream().filter(Charge::succeeded).toList();
    if (paid.size() > 1) {
      fault("the order %s was charged %d times".formatted(order.id(), paid.size()));
    }
    for (Charge charge : all) {
      if (charge.amount() != order.amount() || !charge.currency().equals(order.currency())) {
        fault(
            "the order %s costs %d %s, and the charge is %d %s"
                .formatted(
                    order.id(),
                    order.amount(),
                    order.currency(),
                    charge.amount(),
                    charge.currency()));
      }
    }
    long kept = paid.stream().filter(charge -> !charge.refunded()).count();
    boolean owed = order.state() == OrderState.CONFIRMED;
    if (owed && kept == 0) {
      fault(
          "the order %s is CONFIRMED and its charge is %s"
              .formatted(order.id(), paid.isEmpty() ? "missing" : "refunded"));
    }
    if (!owed && kept > 0) {
      fault(
          "the order %s was charged and is %s, without a refund"
              .formatted(order.id(), order.state()));
    }
    if (order.state() == OrderState.REFUNDED && paid.isEmpty()) {
      fault("the order %s is REFUNDED and was never charged".formatted(order.id()));
    }
    if (order.state() == OrderState.DECLINED && all.size() == paid.size()) {
      fault("the order %s is DECLINED, and the partner has declined nothing".formatted(order.id()));
    }
  }

  private void fault(String sentence) {
    faults.add(sentence);
  }
}
