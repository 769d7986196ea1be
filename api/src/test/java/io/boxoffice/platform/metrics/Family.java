package io.boxoffice.platform.metrics;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Holds a family of metrics, as a document lists it or as a scrape shows it. */
final class Family {
  private Family() {}

  /**
   * A family in a document.
   *
   * @param labels the allowed values of each label
   * @param fewest 0 when the family may be absent
   */
  record Promised(
      String name, String type, Map<String, Predicate<String>> labels, int fewest, int most) {}

  /**
   * A family in a scrape.
   *
   * @param series the label sets, without the labels of histogram buckets and quantiles
   */
  record Scraped(String name, String type, Set<Map<String, String>> series) {}
}
