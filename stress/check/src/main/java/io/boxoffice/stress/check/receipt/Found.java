package io.boxoffice.stress.check.receipt;

import io.boxoffice.stress.check.history.Operation;
import io.boxoffice.stress.check.verdict.Contradiction;
import io.boxoffice.stress.check.verdict.Contradiction.Promise;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Contradictions that were found, at most a few of each promise. */
final class Found {
  private static final int MOST = 20;

  private final Map<Promise, List<Contradiction>> all = new EnumMap<>(Promise.class);

  void add(Promise promise, String sentence, List<Operation> operations) {
    List<Contradiction> some = all.computeIfAbsent(promise, any -> new ArrayList<>());
    if (some.size() < MOST) {
      some.add(
          new Contradiction(promise, sentence, operations.stream().map(Operation::id).toList()));
    }
  }

  List<Contradiction> all() {
    return all.values().stream().flatMap(List::stream).toList();
  }
}
