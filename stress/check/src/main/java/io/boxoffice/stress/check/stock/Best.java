package io.boxoffice.stress.check.stock;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Leaves out the ways that another one makes needless: with as many changes done of each kind, none
 * of which must end later, and with no sight open that is not open in both. What can follow the one
 * can then follow the other.
 */
final class Best {
  private final Changes changes;

  private Best(Changes changes) {
    this.changes = changes;
  }

  /** Returns the states that are needed. */
  static Set<State> of(Collection<State> states, Changes changes) {
    return new Best(changes).of(states);
  }

  /** A state, and the changes that are done in it and have not ended, by their kind. */
  private record Way(State state, TreeMap<Integer, List<Integer>> early) {}

  private Set<State> of(Collection<State> states) {
    Map<Map<Integer, Integer>, List<Way>> alike = new LinkedHashMap<>();
    for (State state : states) {
      TreeMap<Integer, List<Integer>> early = new TreeMap<>();
      Map<Integer, Integer> counts = new TreeMap<>();
      for (int index : state.early().indexes()) {
        int kind = changes.kind(index);
        early.computeIfAbsent(kind, any -> new ArrayList<>()).add(index);
        counts.merge(kind, 1, Integer::sum);
      }
      Way way = new Way(state, early);
      List<Way> others = alike.computeIfAbsent(counts, any -> new ArrayList<>());
      if (others.stream().noneMatch(other -> isAtLeastAsGood(other, way))) {
        others.removeIf(other -> isAtLeastAsGood(way, other));
        others.add(way);
      }
    }
    Set<State> best = new LinkedHashSet<>();
    alike.values().forEach(ways -> ways.forEach(way -> best.add(way.state())));
    return best;
  }

  private boolean isAtLeastAsGood(Way one, Way other) {
    for (int sight : one.state().open().indexes()) {
      if (!other.state().open().contains(sight)) {
        return false;
      }
    }
    for (Map.Entry<Integer, List<Integer>> early : one.early().entrySet()) {
      List<Integer> others = other.early().get(early.getKey());
      for (int i = 0; i < others.size(); i++) {
        if (changes.rank(early.getValue().get(i)) > changes.rank(others.get(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
