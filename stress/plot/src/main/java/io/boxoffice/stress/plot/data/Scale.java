package io.boxoffice.stress.plot.data;

import java.util.ArrayList;
import java.util.List;

/** Maps values to places on a picture, with ticks at round values. */
public record Scale(double low, double high, double from, double to, List<Double> ticks) {
  private static final double[] ROUND = {1, 2, 2.5, 5, 10};
  // Times have other round numbers.
  private static final double[] SECONDS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400
  };

  /** From a low value to a high one, both extended to round values. */
  public static Scale rounded(double low, double high, double from, double to, int wanted) {
    double span = high > low ? high - low : Math.max(1, Math.abs(high));
    return between(low, high, from, to, step(span / wanted));
  }

  /** The same for bytes, where 1,024 is a round number. */
  public static Scale roundedBytes(double low, double high, double from, double to, int wanted) {
    double least = Math.max(1, (high - low) / wanted);
    double unit = Math.pow(1024, Math.floor(Math.log(least) / Math.log(1024)));
    return between(low, high, from, to, unit * step(least / unit));
  }

  private static Scale between(double low, double high, double from, double to, double step) {
    double first = Math.floor(low / step + 1e-9) * step;
    double last = Math.max(Math.ceil(high / step - 1e-9) * step, first + step);
    return new Scale(first, last, from, to, ticks(first, last, step));
  }

  /** Exactly from one value to another. */
  public static Scale exact(double low, double high, double from, double to, int wanted) {
    double step = step((high - low) / wanted);
    return new Scale(low, high, from, to, ticks(Math.ceil(low / step) * step, high, step));
  }

  /** From one instant to another, in seconds, with ticks at round times. */
  public static Scale time(double low, double high, double from, double to, int wanted) {
    double step = SECONDS[SECONDS.length - 1];
    for (int index = SECONDS.length - 1; index >= 0; index--) {
      if (SECONDS[index] >= (high - low) / wanted) {
        step = SECONDS[index];
      }
    }
    return new Scale(low, high, from, to, ticks(Math.ceil(low / step) * step, high, step));
  }

  /** The place of a value. */
  public double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  /** The same for a value that may lie outside: then at the nearer end. */
  public double within(double value) {
    return at(Math.max(low, Math.min(high, value)));
  }

  private static double step(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double factor : ROUND) {
      if (factor * power >= atLeast * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static List<Double> ticks(double first, double last, double step) {
    List<Double> ticks = new ArrayList<>();
    for (int index = 0; first + index * step <= last + step * 1e-6; index++) {
      ticks.add(first + index * step);
    }
    return List.copyOf(ticks);
  }
}
