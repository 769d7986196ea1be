package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.crowd.shop.Receipt;
import io.boxoffice.stress.crowd.shop.Stock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Checks stock and tickets, which purchases and orders have in common. */
final class StockCheck {
  private final List<String> faults;

  /** Adds a sentence for each fault to the given list. */
  StockCheck(List<String> faults) {
    this.faults = faults;
  }

  /** Each purchase has as many tickets as it says, and no ticket has two. */
  void tickets(Collection<Receipt> receipts) {
    Set<String> seen = new HashSet<>();
    for (Receipt receipt : receipts) {
      if (receipt.ticketIds().size() != receipt.quantity()) {
        fault(
            "the purchase %s of %d has %d tickets"
                .formatted(receipt.id(), receipt.quantity(), receipt.ticketIds().size()));
      }
      for (String ticket : receipt.ticketIds()) {
        if (!seen.add(ticket)) {
          fault("the ticket %s was sold twice".formatted(ticket));
        }
      }
    }
  }

  /** No type has less than nothing, or more than all. */
  void stocks(Collection<Stock> stocks) {
    for (Stock stock : stocks) {
      if (stock.available() < 0 || stock.available() > stock.capacity()) {
        fault(
            "the ticket type %s has %d of %d left"
                .formatted(stock.ticketTypeId(), stock.available(), stock.capacity()));
      }
    }
  }

  /**
   * For each type: capacity = available + held tickets + tickets of confirmed purchases.
   *
   * @param held the tickets of HELD and PAYING orders, by type
   */
  void balance(Collection<Receipt> receipts, Map<String, Long> held, Collection<Stock> stocks) {
    Map<String, Long> sold = new HashMap<>();
    receipts.stream()
        .filter(Receipt::confirmed)
        .forEach(
            receipt -> sold.merge(receipt.ticketTypeId(), (long) receipt.quantity(), Long::sum));
    for (Stock stock : stocks) {
      long tickets = Objects.requireNonNullElse(sold.remove(stock.ticketTypeId()), 0L);
      long kept = held.getOrDefault(stock.ticketTypeId(), 0L);
      if (stock.capacity() != stock.available() + kept + tickets) {
        fault(
            "the ticket type %s: of %d tickets %d are left%s and %d sold"
                .formatted(
                    stock.ticketTypeId(),
                    stock.capacity(),
                    stock.available(),
                    kept == 0 ? "" : ", %d held".formatted(kept),
                    tickets));
      }
    }
    sold.forEach(
        (type, tickets) ->
            fault(
                "%d tickets were sold of the ticket type %s, which is gone"
                    .formatted(tickets, type)));
  }

  private void fault(String sentence) {
    faults.add(sentence);
  }
}
