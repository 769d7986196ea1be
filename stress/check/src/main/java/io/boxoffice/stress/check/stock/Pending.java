package io.boxoffice.stress.check.stock;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The changes that have begun and not ended, by their kind. Of changes of one kind, the one that
 * must end first is the one to do first: any order with another one stays possible when the two are
 * exchanged.
 */
final class Pending {
  private final Changes changes;
  private final TreeMap<Integer, NavigableSet<Integer>> byKind = new TreeMap<>();

  /** Takes all changes; none has begun. */
  Pending(Changes changes) {
    this.changes = changes;
  }

  Pending copy() {
    Pending copy = new Pending(changes);
    byKind.forEach(
        (kind, some) -> {
          copy.byKind.put(kind, new TreeSet<>(some));
        });
    return copy;
  }

  void begin(int change) {
    byKind.computeIfAbsent(changes.kind(change), kind -> new TreeSet<>()).add(change);
  }

  void end(int change) {
    NavigableSet<Integer> some = byKind.get(changes.kind(change));
    some.remove(change);
    if (some.isEmpty()) {
      byKind.remove(changes.kind(change));
    }
  }

  /** Returns whether a change has begun and not ended. */
  boolean contains(int change) {
    NavigableSet<Integer> some = byKind.get(changes.kind(change));
    return some != null && some.contains(change);
  }

  /** Returns whether a change that has begun can be done now, if it is not done. */
  boolean isReady(int change, Early early) {
    int before = changes.before(change);
    return before < 0 || early.contains(before) || !contains(before);
  }

  /** Returns the change of a kind that is to be done first, and is not done; or -1. */
  int first(int kind, Early early) {
    NavigableSet<Integer> some = byKind.get(kind);
    if (some != null) {
      for (Integer change : some) {
        if (!early.contains(change) && isReady(change, early)) {
          return change;
        }
      }
    }
    return -1;
  }

  /** Changes of one kind, in the order in which they are to be done. */
  record Alike(int tickets, List<Integer> changes, boolean complete) {}

  /**
   * Returns the changes that are not done early and can be done, by their kind.
   *
   * @param most how many are returned of each kind
   */
  List<Alike> left(Early early, int most) {
    List<Alike> left = new ArrayList<>();
    byKind.forEach(
        (kind, some) -> {
          List<Integer> first = new ArrayList<>();
          for (Integer change : some) {
            if (first.size() > most) {
              break;
            }
            if (!early.contains(change) && isReady(change, early)) {
              first.add(change);
            }
          }
          if (!first.isEmpty()) {
            boolean complete = first.size() <= most;
            int tickets = changes.get(first.get(0)).tickets();
            left.add(new Alike(tickets, complete ? first : first.subList(0, most), complete));
          }
        });
    return left;
  }
}
