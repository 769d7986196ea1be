package io.boxoffice.lab.trial;

import io.boxoffice.stress.bench.report.Median;
import java.util.List;
import java.util.Locale;

/**
 * The outages of all repeats of a fault, in seconds; they differ, because a fault strikes at any
 * moment of a lease.
 */
record OutageRange(double shortest, double median, double longest) {

  /** That of at least one result. */
  static OutageRange of(List<TrialResult> results) {
    List<Double> seconds = results.stream().map(one -> one.outageMillis() / 1e3).sorted().toList();
    return new OutageRange(seconds.get(0), Median.of(seconds), seconds.get(seconds.size() - 1));
  }

  /** For a table. */
  String cell() {
    return String.format(Locale.ROOT, "%.1f / %.1f / %.1f", shortest, median, longest);
  }
}
