package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.check.Checker;
import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.verdict.Verdict;
import io.boxoffice.stress.crowd.record.Attempt;
import io.boxoffice.stress.crowd.shop.Receipt;
import io.boxoffice.stress.crowd.shop.Stock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the answers that buyers received with the records of the shop. It decides from lists
 * alone, so that a test can give it wrong records.
 */
public final class Audit {
  private final List<String> faults = new ArrayList<>();
  private final List<String> notAudited = new ArrayList<>();
  private final Map<String, Long> figures = new LinkedHashMap<>();

  private Audit() {}

  /**
   * Audits concerts from which only this run bought.
   *
   * @param receipts every purchase of those concerts, as the shop lists them
   * @param stocks every ticket type of those concerts
   */
  public static Findings all(
      Collection<Attempt> attempts, Collection<Receipt> receipts, Collection<Stock> stocks) {
    Audit audit = new Audit();
    Map<String, List<Receipt>> byEmail = new HashMap<>();
    receipts.forEach(
        receipt -> byEmail.computeIfAbsent(receipt.email(), key -> new ArrayList<>()).add(receipt));
    audit.checkAnswers(attempts);
    for (Attempt attempt : attempts) {
      List<Receipt> found = byEmail.remove(attempt.email());
      audit.checkAttempt(attempt, found == null ? List.of() : found);
    }
    byEmail.forEach((email, some) -> audit.fault("no buyer of this run has the address " + email));
    StockCheck check = new StockCheck(audit.faults);
    check.tickets(receipts);
    audit.checkSums(attempts, receipts);
    check.stocks(stocks);
    check.balance(receipts, Map.of(), stocks);
    audit.checkOrder(SalesHistory.of(attempts, receipts, stocks));
    return audit.findings(audit.notAudited);
  }

  /**
   * Audits concerts that others sell from too: each acknowledged purchase by itself.
   *
   * @param receipts the purchases that were found, by id, of those that were looked for
   * @param lookedFor the ids of acknowledged purchases that were looked for
   */
  public static Findings each(
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
    return audit.findings(
        List.of(
            "that tickets sold equal the 201s: other clients may have bought too",
            "that no key has bought twice without an answer to its buyer: only operators can list purchases"));
  }

  /** The answers fit one order of all changes: what the other checks do not see. */
  private void checkOrder(History history) {
    if (!faults.isEmpty()) {
      return;
    }
    Verdict verdict = Checker.check(history);
    verdict
        .contradictions()
        .forEach(
            found ->
                fault(
                    "%s (%s)".formatted(found.sentence(), String.join(", ", found.operations()))));
    figures.put("requestsInTheHistory", (long) history.operations().size());
    if (!verdict.undecided().isEmpty()) {
      notAudited.add(
          "the order of all answers about %d ticket types: it is too costly to decide"
              .formatted(verdict.undecided().size()));
    }
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

  private void checkAttempt(Attempt attempt, List<Receipt> found) {
    if (found.size() > 1) {
      fault("the key %s has bought %d times".formatted(attempt.key(), found.size()));
    }
    if (attempt.isRefused() && !found.isEmpty()) {
      fault("the key %s was rejected, and has bought".formatted(attempt.key()));
    }
    for (String id : attempt.purchaseIds()) {
      checkReceipt(
          attempt,
          id,
          found.stream().filter(receipt -> receipt.id().equals(id)).findFirst().orElse(null));
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

  private void checkSums(Collection<Attempt> attempts, Collection<Receipt> receipts) {
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
    long unansweredTickets = unanswered.stream().mapToLong(Receipt::quantity).sum();
    long sold = receipts.stream().mapToLong(Receipt::quantity).sum();
    figures.put("purchasesAcknowledged", acknowledged);
    figures.put("purchasesInTheBooks", (long) receipts.size());
    figures.put("purchasesMadeAndNotHeardOf", (long) unanswered.size());
    figures.put("ticketsAcknowledged", tickets);
    figures.put("ticketsInTheBooks", sold);
    if (receipts.size() != acknowledged + unanswered.size()
        || sold != tickets + unansweredTickets) {
      fault(
          "%d purchases of %d tickets were acknowledged and %d of %d lost their answer, but the shop has %d of %d"
              .formatted(
                  acknowledged,
                  tickets,
                  unanswered.size(),
                  unansweredTickets,
                  receipts.size(),
                  sold));
    }
  }

  private void fault(String sentence) {
    faults.add(sentence);
  }

  private Findings findings(List<String> notAudited) {
    return new Findings(figures, faults, notAudited, true);
  }
}
