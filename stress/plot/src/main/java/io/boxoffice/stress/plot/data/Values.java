package io.boxoffice.stress.plot.data;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;

/** Numbers in their order, NaN where there is none. */
public final class Values {
  private final double[] values;

  private Values(double[] values) {
    this.values = values;
  }

  /** These numbers. */
  public static Values of(double... values) {
    return new Values(values.clone());
  }

  /** How many there are, missing ones included. */
  public int size() {
    return values.length;
  }

  /** The one at an index. */
  public double get(int index) {
    return values[index];
  }

  /** Whether there is one at an index, and finite. */
  public boolean has(int index) {
    return index < values.length && Double.isFinite(values[index]);
  }

  /** Whether all are missing. */
  public boolean isMissing() {
    return Arrays.stream(values).allMatch(Double::isNaN);
  }

  /** The last one that is not missing. */
  public double last() {
    for (int index = values.length - 1; index >= 0; index--) {
      if (!Double.isNaN(values[index])) {
        return values[index];
      }
    }
    return Double.NaN;
  }

  /** Sum, mean and extremes of those that are finite. */
  public DoubleSummaryStatistics statistics() {
    return Arrays.stream(values).filter(Double::isFinite).summaryStatistics();
  }

  /** The sum with others, each in its place; missing only where both are. */
  public Values plus(Values others) {
    double[] sum = new double[values.length];
    for (int index = 0; index < sum.length; index++) {
      sum[index] =
          !has(index)
              ? others.get(index)
              : values[index] + (others.has(index) ? others.get(index) : 0);
    }
    return new Values(sum);
  }

  /** The difference to others, each in its place. */
  public Values minus(Values others) {
    double[] difference = values.clone();
    for (int index = 0; index < difference.length; index++) {
      difference[index] -= others.get(index);
    }
    return new Values(difference);
  }

  /** A copy as an array. */
  public double[] toArray() {
    return values.clone();
  }
}
