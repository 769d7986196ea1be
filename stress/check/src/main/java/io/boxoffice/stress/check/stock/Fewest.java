package io.boxoffice.stress.check.stock;

import io.boxoffice.stress.check.stock.Ordering.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the fewest changes and sights that have no order: none of them can be left out. A sight
 * that is left out says nothing; a change that is left out is like one without an answer. It leaves
 * out ever smaller parts (delta debugging: Zeller and Hildebrandt, 2002).
 */
final class Fewest {
  private static final int MOST_RUNS = 500;

  /** In one run; without an answer, nothing is left out. */
  private static final long MOST_TRIES = 50_000;

  private final StockHistory history;
  private int runs;

  private Fewest(StockHistory history) {
    this.history = history;
  }

  /** Returns the ids of the operations. */
  static List<String> of(StockHistory history) {
    return new Fewest(history).find();
  }

  private List<String> find() {
    int changes = history.changes().size();
    List<Integer> kept =
        new ArrayList<>(IntStream.range(0, changes + history.sights().size()).boxed().toList());
    for (int part = Math.max(1, kept.size() / 2); ; part /= 2) {
      for (int from = 0; from < kept.size() && runs < MOST_RUNS; ) {
        List<Integer> fewer = new ArrayList<>(kept);
        fewer.subList(from, Math.min(kept.size(), from + part)).clear();
        if (isImpossible(fewer)) {
          kept = fewer;
        } else {
          from += part;
        }
      }
      if (part == 1) {
        break;
      }
    }
    return kept.stream()
        .map(
            index ->
                index < changes
                    ? history.changes().get(index).operation()
                    : history.sights().get(index - changes).operation())
        .filter(operation -> operation != null)
        .distinct()
        .toList();
  }

  private boolean isImpossible(List<Integer> kept) {
    runs++;
    int count = history.changes().size();
    List<Change> changes = new ArrayList<>();
    history.changes().forEach(change -> changes.add(change.withoutEnd()));
    List<Sight> sights = new ArrayList<>();
    for (int index : kept) {
      if (index < count) {
        changes.set(index, history.changes().get(index));
      } else {
        sights.add(history.sights().get(index - count));
      }
    }
    return Ordering.of(new StockHistory(history.stock(), changes, sights), MOST_TRIES).answer()
        == Answer.IMPOSSIBLE;
  }
}
