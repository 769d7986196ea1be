package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.crowd.shop.Receipt;
import io.boxoffice.stress.crowd.shop.Stock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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

  private void fault(String sentence) {
    faults.add(sentence);
  }
}
