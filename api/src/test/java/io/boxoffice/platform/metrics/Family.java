package io.boxoffice.platform.metrics;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A family of metrics, as a document promises it or as a scrape shows it. */
final class Family {
  private Family() {}

  /**
   * What a document promises.
   *
   * @param labels which values each label may have
   * @param fewest 0 when the family may be absent
   */
  record Promised(
      String name, String type, Map<String, Predicate<String>> labels, int fewest, int most) {}

  /**
   * What a scrape shows.
   *
   * @param series the label sets, without those that a histogram's edges or quantiles make
   */
  record Scraped(String name, String type, Set<Map<String, String>> series) {}
}
