package io.boxoffice.stress.check.stock;

import io.boxoffice.stress.check.stock.Pending.Alike;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds which changes to do early, so that their sum is in a range: first those that are most like
 * the changes which must end first, because a shop mostly does what it answers first.
 */
final class Combinations {
  private final List<Alike> alike;
  private final long least;
  private final long most;
  private final int wanted;
  private final long mostSteps;

  /** The lowest and the highest sum of the numbers from an index on. */
  private final long[] lowest;

  private final long[] highest;
  private final int[] likely;
  private final int[] counts;
  private final List<int[]> found = new ArrayList<>();
  private long steps;

  private Combinations(
      List<Alike> alike, int[] likely, long least, long most, int wanted, long mostSteps) {
    this.alike = alike;
    this.likely = likely;
    this.least = least;
    this.most = most;
    this.wanted = wanted;
    this.mostSteps = mostSteps;
    this.counts = new int[alike.size()];
    this.lowest = new long[alike.size() + 1];
    this.highest = new long[alike.size() + 1];
    for (int i = alike.size() - 1; i >= 0; i--) {
      long all = (long) alike.get(i).tickets() * alike.get(i).changes().size();
      lowest[i] = lowest[i + 1] + Math.min(0, all);
      highest[i] = highest[i + 1] + Math.max(0, all);
    }
  }

  /**
   * What was found.
   *
   * @param sets the changes of each combination
   * @param complete whether there is no other combination that could matter
   * @param steps how much was tried
   */
  record Found(List<List<Integer>> sets, boolean complete, long steps) {}

  /**
   * Returns combinations whose sum is in a range, and of which no change can be left out.
   *
   * @param duration how long after its begin a change without an end is probably done
   * @param wanted how many at most
   * @param mostSteps how much is tried at most
   */
  static Found of(
      List<Alike> alike,
      List<Change> changes,
      long duration,
      long least,
      long most,
      int wanted,
      long mostSteps) {
    int[] likely = likely(alike, changes, duration, least, most);
    Combinations combinations = new Combinations(alike, likely, least, most, wanted, mostSteps);
    combinations.choose(0, 0);
    boolean complete =
        combinations.found.size() < wanted
            && combinations.steps < mostSteps
            && alike.stream().allMatch(Alike::complete);
    return new Found(
        combinations.found.stream().map(combinations::set).toList(), complete, combinations.steps);
  }

  /** Counts the changes that probably end first, until their sum has reached the range. */
  private static int[] likely(
      List<Alike> alike, List<Change> changes, long duration, long least, long most) {
    record One(int which, long end) {}
    int[] likely = new int[alike.size()];
    List<One> all =
        IntStream.range(0, alike.size())
            .boxed()
            .flatMap(
                which ->
                    alike.get(which).changes().stream()
                        .map(changes::get)
                        .map(one -> new One(which, Math.min(one.to(), one.from() + duration))))
            .sorted(Comparator.comparingLong(One::end))
            .toList();
    long sum = 0;
    for (One one : all) {
      if (most < 0 ? sum <= most : sum >= least) {
        break;
      }
      likely[one.which()]++;
      sum += alike.get(one.which()).tickets();
    }
    return likely;
  }

  private void choose(int which, long sum) {
    if (found.size() >= wanted || ++steps >= mostSteps) {
      return;
    }
    if (sum + lowest[which] > most || sum + highest[which] < least) {
      return;
    }
    if (which == counts.length) {
      if (isNeeded(sum)) {
        found.add(counts.clone());
      }
      return;
    }
    int count = alike.get(which).changes().size();
    int tickets = alike.get(which).tickets();
    if (which == counts.length - 1 && least == most) {
      long rest = least - sum;
      if (rest % tickets == 0 && rest / tickets >= 0 && rest / tickets <= count) {
        counts[which] = (int) (rest / tickets);
        choose(which + 1, least);
        counts[which] = 0;
      }
      return;
    }
    for (int away = 0; away <= count; away++) {
      tryCount(which, likely[which] + away, sum, tickets, count);
      if (away > 0) {
        tryCount(which, likely[which] - away, sum, tickets, count);
      }
    }
    counts[which] = 0;
  }

  private void tryCount(int which, int chosen, long sum, int tickets, int count) {
    if (chosen >= 0 && chosen <= count) {
      counts[which] = chosen;
      choose(which + 1, sum + (long) chosen * tickets);
    }
  }

  /** Whether the sum leaves the range without any one of the changes; there is at least one. */
  private boolean isNeeded(long sum) {
    boolean any = false;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        any = true;
        long without = sum - alike.get(i).tickets();
        if (without >= least && without <= most) {
          return false;
        }
      }
    }
    return any;
  }

  private List<Integer> set(int[] chosen) {
    List<Integer> set = new ArrayList<>();
    for (int i = 0; i < chosen.length; i++) {
      set.addAll(alike.get(i).changes().subList(0, chosen[i]));
    }
    return set;
  }
}
