package io.boxoffice.stress.compare.audit;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Three percentiles of times.
 *
 * @param p50 in milliseconds, NaN without a value; the others likewise
 */
public record Percentiles(double p50, double p95, double p99) {

  /** Those of times in microseconds, by the nearest rank. */
  public static Percentiles ofMicros(LongStream micros) {
    long[] sorted = micros.sorted().toArray();
    return new Percentiles(at(sorted, 50), at(sorted, 95), at(sorted, 99));
  }

  private static double at(long[] sorted, int percent) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
    return sorted[Math.max(0, rank - 1)] / 1e3;
  }

  /** The highest one of times in microseconds, in milliseconds; 0 without a value. */
  static double mostMillis(LongStream micros) {
    return Arrays.stream(micros.toArray()).max().orElse(0) / 1e3;
  }
}
