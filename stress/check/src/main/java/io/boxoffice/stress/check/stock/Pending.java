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

  /** Takes all changes in the order in which they must end. */
  Pending(List<Change> changes) {
    this.changes = changes;
  }

  Pending copy() {
    Pending copy = new Pending(changes);
    byTickets.forEach(
        (tickets, some) -> {
          copy.byTickets.put(tickets, new TreeSet<>(some));
        });
    return copy;
  }

  void begin(int change) {
    byTickets
        .computeIfAbsent(changes.get(change).tickets(), tickets -> new TreeSet<>())
        .add(change);
  }

  void end(int change) {
    NavigableSet<Integer> some = byTickets.get(changes.get(change).tickets());
    some.remove(change);
    if (some.isEmpty()) {
      byTickets.remove(changes.get(change).tickets());
    }
  }

  /** Returns the change of so many tickets that is to be done first, and is not done; or -1. */
  int first(int tickets, Early early) {
    NavigableSet<Integer> some = byTickets.get(tickets);
    if (some != null) {
      for (Integer change : some) {
        if (!early.contains(change)) {
          return change;
        }
      }
    }
    return -1;
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
