package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.crowd.record.Attempt;
import io.boxoffice.stress.crowd.record.Looks.Look;
import io.boxoffice.stress.crowd.shop.Receipt;
import io.boxoffice.stress.crowd.shop.Stock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the answers that buyers received with the records of the shop. It decides from lists
 * alone, so that a test can give it wrong records.
 */
final class Audit {
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Long> figures = new LinkedHashMap<>();

  private Audit() {}

  /**
   * Audits concerts from which only this run bought.
   *
   * @param looks what visitors saw of them
   * @param receipts every purchase of those concerts, as the shop lists them
   * @param stocks every ticket type of those concerts
   */
  static Findings all(
      Collection<Attempt> attempts,
      Collection<Look> looks,
      Collection<Receipt> receipts,
      Collection<Stock> stocks) {
    Audit audit = new Audit();
    new StockCheck(audit.faults).tickets(receipts);
    audit.count(attempts, receipts);
    History history =
        SalesHistory.of(
            attempts, looks, receipts, stocks.stream().map(Stock::inTheHistory).toList());
    HistoryCheck check = new HistoryCheck(history);
    audit.faults.addAll(check.faults());
    audit.figures.putAll(check.figures());
    return new Findings(audit.figures, audit.faults, check.notAudited(), true, history);
  }

  /**
   * Audits concerts that others sell from too: each acknowledged purchase by itself.
   *
   * @param receipts the purchases that were found, by id, of those that were looked for
   * @param lookedFor the ids of acknowledged purchases that were looked for
   */
  static Findings each(
      Collection<Attempt> attempts,
      Map<String, Receipt> receipts,
      Set<String> lookedFor,
      Collection<Stock> stocks) {
    Audit audit = new Audit();
    audit.checkAnswers(attempts);
    for (Attempt attempt : attempts) {
      for (String id : attempt.purchaseIds()) {
        if (lookedFor.contains(id)) {
          audit.checkReceipt(attempt, id, receipts.get(id));
        }
      }
    }
    StockCheck check = new StockCheck(audit.faults);
    check.tickets(receipts.values());
    check.stocks(stocks);
    audit.figures.put("receiptsRead", (long) lookedFor.size());
    return new Findings(
        audit.figures,
        audit.faults,
        List.of(
            "that tickets sold equal the 201s: other clients may have bought too",
            "that no key has bought twice without an answer to its buyer: only operators can list purchases"),
        true,
        null);
  }

  /** One key gets one receipt, however often it asks. */
  private void checkAnswers(Collection<Attempt> attempts) {
    for (Attempt attempt : attempts) {
      if (attempt.purchaseIds().size() > 1) {
        fault(
            "the key %s has %d receipts: %s"
                .formatted(attempt.key(), attempt.purchaseIds().size(), attempt.purchaseIds()));
      }
    }
  }

  private void checkReceipt(Attempt attempt, String id, Receipt receipt) {
    if (receipt == null) {
      fault("the purchase %s was acknowledged and is missing".formatted(id));
      return;
    }
    if (receipt.quantity() != attempt.quantity()
        || !receipt.ticketTypeId().equals(attempt.offer().ticketTypeId())
        || !receipt.email().equals(attempt.email())) {
      fault("the purchase %s is not what was bought".formatted(id));
    }
    if (receipt.confirmed() == attempt.isCancelled()) {
      fault(
          "the purchase %s is %s"
              .formatted(
                  id,
                  receipt.confirmed()
                      ? "not cancelled"
                      : "cancelled, but no buyer has cancelled it"));
    }
  }

  private void count(Collection<Attempt> attempts, Collection<Receipt> receipts) {
    Set<String> inDoubt = new HashSet<>();
    long acknowledged = 0;
    long tickets = 0;
    for (Attempt attempt : attempts) {
      if (attempt.isAcknowledged()) {
        acknowledged++;
        tickets += attempt.quantity();
      } else if (attempt.isOpen()) {
        inDoubt.add(attempt.email());
      }
    }
    List<Receipt> unanswered =
        receipts.stream().filter(receipt -> inDoubt.contains(receipt.email())).toList();
    long sold = receipts.stream().mapToLong(Receipt::quantity).sum();
    figures.put("purchasesAcknowledged", acknowledged);
    figures.put("purchasesInTheBooks", (long) receipts.size());
    figures.put("purchasesMadeAndNotHeardOf", (long) unanswered.size());
    figures.put("ticketsAcknowledged", tickets);
    figures.put("ticketsInTheBooks", sold);
  }

  private void fault(String sentence) {
    faults.add(sentence);
  }
}
