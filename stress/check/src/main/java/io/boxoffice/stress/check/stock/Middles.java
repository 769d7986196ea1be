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

  private final List<Change> changes;
  private final Map<Integer, Integer> byTickets;

  Middles(List<Change> changes) {
    this(changes, new HashMap<>());
  }

  private Middles(List<Change> changes, Map<Integer, Integer> byTickets) {
    this.changes = changes;
    this.byTickets = byTickets;
  }

  Middles copy() {
    return new Middles(changes, new HashMap<>(byTickets));
  }

  void pass(Change change) {
    byTickets.merge(change.tickets(), 1, Integer::sum);
  }

  void end(Change change) {
    byTickets.merge(change.tickets(), -1, Integer::sum);
  }

  /** Returns whether fewer changes of so many tickets are done than are past their middle. */
  boolean isBehind(State state, int tickets) {
    return early(state, tickets) < byTickets.get(tickets);
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
    for (Map.Entry<Integer, Integer> alike : byTickets.entrySet()) {
      odd += Math.abs(early(state, alike.getKey()) - alike.getValue());
    }
    return odd;
  }

  private int early(State state, int tickets) {
    int count = 0;
    for (int index : state.early().indexes()) {
      count += changes.get(index).tickets() == tickets ? 1 : 0;
    }
    return count;
  }
}
