package io.boxoffice.stress.check.stock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The changes of a stock in the order in which they must end, and which of them is done before
 * which.
 *
 * <p>Changes of one <b>kind</b> can be exchanged: they are of as many tickets, and nothing follows
 * them; or what follows them is the last change of their purchase, and neither must end. Any other
 * change that is followed is of a kind of its own.
 */
final class Changes {
  private static final int NONE = -1;

  private final List<Change> sorted = new ArrayList<>();
  private final int[] before;
  private final int[] after;
  private final int[] kinds;
  private final long[] ranks;

  /** Takes the changes as {@link StockHistory} has them: what follows is right behind. */
  Changes(List<Change> listed) {
    Change[] tight = tightened(listed);
    int[] order =
        IntStream.range(0, tight.length)
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer index) -> tight[index].to())
                    .thenComparing(index -> rank(tight, index)))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] places = new int[order.length];
    for (int place = 0; place < order.length; place++) {
      sorted.add(tight[order[place]]);
      places[order[place]] = place;
    }
    before = new int[order.length];
    after = new int[order.length];
    Arrays.fill(before, NONE);
    Arrays.fill(after, NONE);
    for (int index = 1; index < order.length; index++) {
      // What begins after the end of the change before needs no care.
      if (tight[index].follows() && tight[index].from() <= tight[index - 1].to()) {
        before[places[index]] = places[index - 1];
        after[places[index - 1]] = places[index];
      }
    }
    ranks = Arrays.stream(order).mapToLong(index -> rank(tight, index)).toArray();
    kinds = kinds();
  }

  /** Whether neither a change nor what follows it, the last one of its purchase, must end. */
  private static boolean isEndless(Change[] tight, int index) {
    int next = index + 1;
    return tight[index].to() == Long.MAX_VALUE
        && next < tight.length
        && tight[next].follows()
        && tight[next].to() == Long.MAX_VALUE
        && (next + 1 == tight.length || !tight[next + 1].follows());
  }

  /** Of one kind, the change of the lowest rank is the best to do first. */
  private static long rank(Change[] tight, int index) {
    return isEndless(tight, index) ? tight[index + 1].from() : tight[index].to();
  }

  /** A change begins no earlier than the one that it follows, which ends no later than it. */
  private static Change[] tightened(List<Change> listed) {
    Change[] tight = listed.toArray(Change[]::new);
    for (int index = 1; index < tight.length; index++) {
      if (tight[index].follows() && tight[index].from() < tight[index - 1].from()) {
        tight[index] = tight[index].between(tight[index - 1].from(), tight[index].to());
      }
    }
    for (int index = tight.length - 1; index > 0; index--) {
      if (tight[index].follows() && tight[index - 1].to() > tight[index].to()) {
        tight[index - 1] = tight[index - 1].between(tight[index - 1].from(), tight[index].to());
      }
    }
    return tight;
  }

  private int[] kinds() {
    TreeMap<Integer, Integer> alone = new TreeMap<>();
    TreeMap<Integer, Integer> endless = new TreeMap<>();
    int next = 0;
    for (Change change : sorted) {
      alone.put(change.tickets(), 0);
    }
    for (Map.Entry<Integer, Integer> tickets : alone.entrySet()) {
      tickets.setValue(next++);
    }
    int[] all = new int[sorted.size()];
    for (int index = 0; index < all.length; index++) {
      int tickets = sorted.get(index).tickets();
      if (after[index] == NONE) {
        all[index] = alone.get(tickets);
      } else if (ranks[index] < Long.MAX_VALUE && sorted.get(index).to() == Long.MAX_VALUE) {
        Integer known = endless.putIfAbsent(tickets, next);
        all[index] = known == null ? next++ : known;
      } else {
        all[index] = next++;
      }
    }
    return all;
  }

  /** Returns whether each change has a moment for it. */
  boolean arePossible() {
    return sorted.stream().allMatch(change -> change.from() <= change.to());
  }

  List<Change> list() {
    return sorted;
  }

  Change get(int index) {
    return sorted.get(index);
  }

  /** Returns the index of the change that must be done before, or -1. */
  int before(int index) {
    return before[index];
  }

  /** Returns the index of the change that is done after it and may begin before its end, or -1. */
  int after(int index) {
    return after[index];
  }

  /** Of one kind, returns less for a change that is better to do first. */
  long rank(int index) {
    return ranks[index];
  }

  /** Returns the number of its kind. */
  int kind(int index) {
    return kinds[index];
  }

  /**
   * Returns how long a change takes whose end is known, in microseconds: half of them take less.
   */
  long duration() {
    long[] durations =
        sorted.stream()
            .filter(change -> change.to() != Long.MAX_VALUE)
            .mapToLong(change -> change.to() - change.from())
            .sorted()
            .toArray();
    return durations.length == 0 ? 0 : durations[durations.length / 2];
  }
}
