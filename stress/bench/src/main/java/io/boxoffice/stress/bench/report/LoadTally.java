package io.boxoffice.stress.bench.report;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * The results of one load: latencies of its window, and the number of all answers, which an audit
 * compares with the database. It is for one thread; add the tallies of several threads.
 */
public final class LoadTally {
  /** Percentiles are at most one percent too high. */
  private static final int SIGNIFICANT_DIGITS = 2;

  private final Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
  private final Map<Integer, Long> others = new TreeMap<>();
  private long counted;
  private long expected;

  /** Notes the outcome that was wanted, for so many purchases at once. */
  public void expected(int purchases, boolean inWindow, long nanos) {
    expected += purchases;
    if (inWindow) {
      counted += purchases;
      latencies.recordValue(Math.max(0, nanos));
    }
  }

  /** Notes another outcome. */
  public void other(int status) {
    others.merge(status, 1L, Long::sum);
  }

  /** Adds the results of another thread. */
  public void add(LoadTally tally) {
    latencies.add(tally.latencies);
    tally.others.forEach((status, count) -> others.merge(status, count, Long::sum));
    counted += tally.counted;
    expected += tally.expected;
  }

  /** How many wanted outcomes there were in all, inside the window and outside. */
  public long expectedInAll() {
    return expected;
  }

  /** Unwanted outcomes by status. */
  public Map<Integer, Long> others() {
    return Map.copyOf(others);
  }

  /**
   * The figures of the window.
   *
   * @param serviceNanos the CPU time of the service for all answers
   */
  public Measurement measurement(Window window, double generatorCores, long serviceNanos) {
    long otherAnswers = others.values().stream().mapToLong(Long::longValue).sum();
    return new Measurement(
        counted / (window.measuredNanos() / 1e9),
        latencies.getValueAtPercentile(50) / 1e6,
        latencies.getValueAtPercentile(99) / 1e6,
        otherAnswers,
        generatorCores,
        serviceNanos / 1e3 / Math.max(1, expected + otherAnswers));
  }
}
