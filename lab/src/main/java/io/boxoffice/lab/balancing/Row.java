package io.boxoffice.lab.balancing;

import io.boxoffice.stress.bench.report.Median;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rounds of a cell, of which there is at least one. */
record Row(Cell cell, List<Measured> rounds) {

  /** The median of the rounds' medians, in milliseconds. */
  double p50Millis() {
    return median(Measured::p50Millis);
  }

  /** The median of the rounds' 90th percentiles, in milliseconds. */
  double p90Millis() {
    return median(Measured::p90Millis);
  }

  /** The median of the rounds' 99th percentiles, in milliseconds. */
  double p99Millis() {
    return median(Measured::p99Millis);
  }

  /** Of all rounds, in milliseconds. */
  double maxMillis() {
    return rounds.stream().mapToDouble(Measured::maxMillis).max().orElse(Double.NaN);
  }

  int requests() {
    return rounds.stream().mapToInt(Measured::requests).sum();
  }

  int errors() {
    return rounds.stream().mapToInt(Measured::errorCount).sum();
  }

  /** Which part of the answers each replica gave, in percent. */
  String shares() {
    double answered = replicas().mapToInt(name -> sum(name)).sum();
    return replicas()
        .map(name -> String.format(Locale.ROOT, "%.0f", 100 * sum(name) / Math.max(1, answered)))
        .collect(Collectors.joining(" / "));
  }

  /** The most open requests of each replica at one moment of any round. */
  String mostOpen() {
    return replicas()
        .map(
            name ->
                Integer.toString(
                    rounds.stream().mapToInt(one -> one.mostOpen().get(name)).max().orElse(0)))
        .collect(Collectors.joining(" / "));
  }

  private Stream<String> replicas() {
    return rounds.get(0).answered().keySet().stream();
  }

  private int sum(String replica) {
    return rounds.stream().mapToInt(one -> one.answered().get(replica)).sum();
  }

  private double median(ToDoubleFunction<Measured> figure) {
    return Median.of(rounds.stream().map(figure::applyAsDouble).toList());
  }
}
