package io.boxoffice.stress.bench.report;

import java.util.Collection;

/** The median of several rounds, which one disturbed round does not change. */
public final class Median {
  private Median() {}

  /** The middle value, or the mean of the two in the middle; NaN without values. */
  public static double of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
