package io.boxoffice.stress.compare.process;

import java.util.HashMap;
import java.util.Map;

/** Reads the text format of Prometheus: the sum and the maximum of each metric over its labels. */
final class Metrics {
  private final Map<String, Double> sums = new HashMap<>();
  private final Map<String, Double> highest = new HashMap<>();

  private Metrics() {}

  /** Reads a page of metrics; lines that are no numbers are left out. */
  static Metrics of(String page) {
    Metrics metrics = new Metrics();
    for (String line : page.split("\n", -1)) {
      int end = line.lastIndexOf(' ');
      if (!line.startsWith("#") && end > 0) {
        String name = line.substring(0, end).replaceFirst("\\{.*", "").strip();
        try {
          double value = Double.parseDouble(line.substring(end + 1));
          metrics.sums.merge(name, value, Double::sum);
          metrics.highest.merge(name, value, Math::max);
        } catch (NumberFormatException noNumber) {
          // Such as a comment that a collector wrote: no metric of this run.
        }
      }
    }
    return metrics;
  }

  /** The sum over all labels; 0 without the metric. */
  double sum(String name) {
    return sums.getOrDefault(name, 0.0);
  }

  /** The highest value over all labels; 0 without the metric. */
  double highest(String name) {
    return highest.getOrDefault(name, 0.0);
  }
}
