package io.boxoffice.lab.balancing;

import io.boxoffice.lab.shop.Algorithm;
import io.boxoffice.lab.shop.ProxyProgram;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one load of one round measured.
 *
 * @param requests how many were sent
 * @param held how many of them the simulation delayed: they do not count in latencies
 * @param errors how many did not buy, by their status or kind
 * @param p50Millis of purchases from the buyer's arrival to the whole answer; the others likewise
 * @param answered answers by replica
 * @param mostOpen the most open requests at one moment, by replica
 */
record Measured(
    Situation situation,
    ProxyProgram proxy,
    Algorithm algorithm,
    int round,
    int requests,
    int held,
    Map<String, Integer> errors,
    double p50Millis,
    double p90Millis,
    double p99Millis,
    double maxMillis,
    Map<String, Integer> answered,
    Map<String, Integer> mostOpen) {

  /**
   * Computes it.
   *
   * @param replicas the name of each replica by the address that its answers have
   */
  static Measured of(Cell cell, int round, List<Answer> answers, Map<String, String> replicas) {
    Map<String, Integer> errors = new TreeMap<>();
    Map<String, Integer> answered = new LinkedHashMap<>();
    Map<String, Integer> mostOpen = new LinkedHashMap<>();
    answers.stream()
        .filter(answer -> !answer.error().isEmpty())
        .forEach(answer -> errors.merge(answer.error(), 1, Integer::sum));
    replicas.forEach(
        (address, name) -> {
          List<Answer> here =
              answers.stream().filter(one -> one.replica().equals(address)).toList();
          answered.put(name, here.size());
          mostOpen.put(name, mostAtOnce(here));
        });
    long[] micros =
        answers.stream()
            .filter(answer -> answer.error().isEmpty() && !answer.held())
            .mapToLong(answer -> answer.ended() - answer.arrived())
            .sorted()
            .toArray();
    return new Measured(
        cell.situation(),
        cell.program(),
        cell.algorithm(),
        round,
        answers.size(),
        (int) answers.stream().filter(Answer::held).count(),
        errors,
        millis(micros, 50),
        millis(micros, 90),
        millis(micros, 99),
        millis(micros, 100),
        answered,
        mostOpen);
  }

  /** By the nearest rank; NaN without values. */
  private static double millis(long[] sorted, int percent) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
    return sorted[Math.max(0, rank - 1)] / 1e3;
  }

  private static int mostAtOnce(List<Answer> answers) {
    record Change(long time, int open) {}
    List<Change> changes =
        answers.stream()
            .flatMap(one -> Stream.of(new Change(one.arrived(), 1), new Change(one.ended(), -1)))
            // Of the same moment, ends are first.
            .sorted(Comparator.comparingLong(Change::time).thenComparingInt(Change::open))
            .toList();
    int open = 0;
    int most = 0;
    for (Change change : changes) {
      open += change.open();
      most = Math.max(most, open);
    }
    return most;
  }

  /** Which cell of the comparison it belongs to. */
  Cell cell() {
    return new Cell(situation, proxy, algorithm);
  }

  int errorCount() {
    return errors.values().stream().mapToInt(Integer::intValue).sum();
  }
}
