package io.boxoffice.stress.check.stock;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which changes are past the middle of their time and have not ended. A change is most probably
 * done there, so this says how probable a way is.
 */
final class Middles {
  /** A way is so much less useful for each better one with as many tickets left. */
  private static final int ALIKE = 1;

  private final Changes changes;
  private final Map<Integer, Integer> byKind;

  Middles(Changes changes) {
    this(changes, new HashMap<>());
  }

  private Middles(Changes changes, Map<Integer, Integer> byKind) {
    this.changes = changes;
    this.byKind = byKind;
  }

  Middles copy() {
    return new Middles(changes, new HashMap<>(byKind));
  }

  void pass(int change) {
    count(change, 1);
  }

  void end(int change) {
    count(change, -1);
  }

  private void count(int change, int more) {
    byKind.merge(changes.kind(change), more, (one, other) -> one + other == 0 ? null : one + other);
  }

  /** Returns whether fewer changes of a kind are done than are past their middle. */
  boolean isBehind(State state, int kind) {
    return early(state, kind) < byKind.getOrDefault(kind, 0);
  }

  /** Returns some of the states: of each number of tickets that are left the most probable ones. */
  Set<State> mostProbable(Collection<State> all, int count) {
    record Ranked(State state, int oddness) {}
    List<Ranked> ranked = new ArrayList<>();
    for (State state : all) {
      ranked.add(new Ranked(state, oddness(state)));
    }
    ranked.sort(Comparator.comparingInt(Ranked::oddness));
    Map<Long, Integer> ranks = new HashMap<>();
    ranked.replaceAll(
        one ->
            new Ranked(
                one.state(),
                one.oddness() + ALIKE * ranks.merge(one.state().available(), 1, Integer::sum)));
    ranked.sort(Comparator.comparingInt(Ranked::oddness));
    Set<State> kept = new LinkedHashSet<>();
    ranked.subList(0, count).forEach(one -> kept.add(one.state()));
    return kept;
  }

  /** Returns how many changes are not done at their most probable time, and sights are not seen. */
  private int oddness(State state) {
    int odd = state.open().size();
    for (Map.Entry<Integer, Integer> alike : byKind.entrySet()) {
      odd += Math.abs(early(state, alike.getKey()) - alike.getValue());
    }
    return odd;
  }

  private int early(State state, int kind) {
    int count = 0;
    for (int index : state.early().indexes()) {
      count += changes.kind(index) == kind ? 1 : 0;
    }
    return count;
  }
}
