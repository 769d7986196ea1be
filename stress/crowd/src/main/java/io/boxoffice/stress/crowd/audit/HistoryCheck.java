package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.check.Checker;
import io.boxoffice.stress.check.history.History;
import io.boxoffice.stress.check.history.Purchase;
import io.boxoffice.stress.check.history.Stock;
import io.boxoffice.stress.check.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets the checker of histories decide about a run, and says what it found in the words of it. */
final class HistoryCheck {
  private final List<String> faults = new ArrayList<>();
  private final List<String> notAudited = new ArrayList<>();
  private final Map<String, Long> figures = new LinkedHashMap<>();

  HistoryCheck(History history) {
    Set<String> known = history.stocks().stream().map(Stock::id).collect(Collectors.toSet());
    Map<String, Long> gone =
        history.purchases().stream()
            .filter(purchase -> !known.contains(purchase.stock()))
            .collect(
                Collectors.groupingBy(Purchase::stock, Collectors.summingLong(Purchase::quantity)));
    gone.forEach(
        (type, tickets) ->
            faults.add(
                "%d tickets were sold of the ticket type %s, which is gone"
                    .formatted(tickets, type)));
    // Of a type without a purchase, the requests say nothing.
    History existing =
        new History(
            history.operations().stream()
                .filter(one -> one.stock() == null || known.contains(one.stock()))
                .toList(),
            history.purchases(),
            history.stocks());
    if (gone.isEmpty()) {
      check(existing);
    }
  }

  private void check(History history) {
    Verdict verdict = Checker.check(history);
    verdict
        .contradictions()
        .forEach(
            found ->
                faults.add(
                    found.operations().isEmpty()
                        ? found.sentence()
                        : "%s (%s)"
                            .formatted(found.sentence(), String.join(", ", found.operations()))));
    figures.put("requestsInTheHistory", (long) history.operations().size());
    if (!verdict.undecided().isEmpty()) {
      notAudited.add(
          "the order of all answers about %d ticket types: it is too costly to decide"
              .formatted(verdict.undecided().size()));
    }
  }

  /** A sentence for each contradiction. */
  List<String> faults() {
    return faults;
  }

  /** What was too costly to decide. */
  List<String> notAudited() {
    return notAudited;
  }

  /** What was compared, by name. */
  Map<String, Long> figures() {
    return figures;
  }
}
