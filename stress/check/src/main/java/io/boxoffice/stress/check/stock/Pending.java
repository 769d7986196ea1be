package io.boxoffice.stress.check.stock;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The changes that have begun and not ended, by their number of tickets. Of changes of the same
 * number, the one that must end first is the one to do first: any order with another one stays
 * possible when the two are exchanged.
 */
final class Pending {
  private final List<Change> changes;
  private final TreeMap<Integer, NavigableSet<Integer>> byTickets = new TreeMap<>();

  Pending(List<Change> changes) {
    this.changes = changes;
  }

  Pending copy() {
    Pending copy = new Pending(changes);
    byTickets.forEach(
        (tickets, some) -> {
          NavigableSet<Integer> all = copy.inOrder();
          all.addAll(some);
          copy.byTickets.put(tickets, all);
        });
    return copy;
  }

  private NavigableSet<Integer> inOrder() {
    return new TreeSet<>(
        (one, other) -> {
          int order = Long.compare(changes.get(one).to(), changes.get(other).to());
          return order != 0 ? order : Integer.compare(one, other);
        });
  }

  void begin(int change) {
    byTickets.computeIfAbsent(changes.get(change).tickets(), tickets -> inOrder()).add(change);
  }

  void end(int change) {
    NavigableSet<Integer> some = byTickets.get(changes.get(change).tickets());
    some.remove(change);
    if (some.isEmpty()) {
      byTickets.remove(changes.get(change).tickets());
    }
  }

  /** Changes of the same number of tickets, in the order in which they are to be done. */
  record Alike(int tickets, List<Integer> changes, boolean complete) {}

  /**
   * Returns the changes that are not done early, by their number of tickets.
   *
   * @param most how many are returned of each number
   */
  List<Alike> left(Early early, int most) {
    List<Alike> left = new ArrayList<>();
    byTickets.forEach(
        (tickets, some) -> {
          List<Integer> first = new ArrayList<>();
          for (Integer change : some) {
            if (first.size() > most) {
              break;
            }
            if (!early.contains(change)) {
              first.add(change);
            }
          }
          if (!first.isEmpty()) {
            boolean complete = first.size() <= most;
            left.add(new Alike(tickets, complete ? first : first.subList(0, most), complete));
          }
        });
    return left;
  }
}
