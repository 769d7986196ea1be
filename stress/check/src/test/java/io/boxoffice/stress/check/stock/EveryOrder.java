package io.boxoffice.stress.check.stock;

import java.util.List;

/** Tries every order of a small history. */
final class EveryOrder {
  private final List<Change> changes;
  private final List<Sight> sights;

  private EveryOrder(List<Change> changes, List<Sight> sights) {
    this.changes = changes;
    this.sights = sights;
  }

  static boolean exists(long capacity, List<Change> changes, List<Sight> sights) {
    return new EveryOrder(changes, sights).exists(capacity, 0);
  }

  private long from(int one) {
    return one < changes.size() ? changes.get(one).from() : sights.get(one - changes.size()).from();
  }

  private long to(int one) {
    return one < changes.size() ? changes.get(one).to() : sights.get(one - changes.size()).to();
  }

  private boolean exists(long available, int done) {
    int count = changes.size() + sights.size();
    long earliestEnd = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      if ((done & 1 << i) == 0) {
        earliestEnd = Math.min(earliestEnd, to(i));
      }
    }
    if (earliestEnd == Long.MAX_VALUE) {
      return true; // What is left need not have happened.
    }
    for (int i = 0; i < count; i++) {
      if ((done & 1 << i) != 0 || from(i) > earliestEnd) {
        continue;
      }
      if (i < changes.size() && changes.get(i).follows() && (done & 1 << (i - 1)) == 0) {
        continue;
      }
      long after = available;
      if (i < changes.size()) {
        after += changes.get(i).tickets();
        if (after < 0) {
          continue;
        }
      } else if (!sights.get(i - changes.size()).holds(available)) {
        continue;
      }
      if (exists(after, done | 1 << i)) {
        return true;
      }
    }
    return false;
  }
}
