package io.boxoffice.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares the rates of batches and of single events in turn, and prints their ratio. */
public final class PairedRates {
  private PairedRates() {}

  /** Measures once. */
  public interface Rate {
    /** Returns events per second. */
    double measure() throws Exception;
  }

  /**
   * Measures both once without a result, and then in as many rounds.
   *
   * @param goal what the median of the ratios should reach
   */
  public static void print(int batchSize, Rate batched, Rate alone, int rounds, double goal)
      throws Exception {
    batched.measure();
    alone.measure();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      double together = batched.measure();
      double single = alone.measure();
      ratios.add(together / single);
      System.out.printf(
          Locale.ROOT,
          "batches of %,d: %,.0f events/s   one by one: %,.0f events/s   ratio %.1f%n",
          batchSize,
          together,
          single,
          together / single);
    }
    ratios.sort(null);
    double median = ratios.get(ratios.size() / 2);
    System.out.printf(
        Locale.ROOT,
        "median ratio %.1f, goal at least %.0f: %s%n",
        median,
        goal,
        median >= goal ? "reached" : "missed");
  }
}
