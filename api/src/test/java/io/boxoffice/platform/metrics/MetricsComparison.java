package io.boxoffice.platform.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Lists the differences between a scrape and a document. */
final class MetricsComparison {
  private static final Pattern ID =
      Pattern.compile(".*[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-.*");
  private static final Pattern EMAIL = Pattern.compile(".*[^ ]@[^ ].*");
  private static final String ROUTE = "route";

  private final List<String> differences = new ArrayList<>();

  private MetricsComparison() {}

  static List<String> differences(List<Family.Promised> document, List<Family.Scraped> scrape) {
    MetricsComparison comparison = new MetricsComparison();
    Map<String, Family.Scraped> scraped = new TreeMap<>();
    scrape.forEach(family -> scraped.put(family.name(), family));
    for (Family.Promised promised : document) {
      Family.Scraped family = scraped.remove(promised.name());
      if (family != null) {
        comparison.compare(promised, family);
      } else if (promised.fewest() > 0) {
        comparison.report(promised.name(), "is in the document and not in the scrape");
      }
    }
    scraped.keySet().forEach(name -> comparison.report(name, "is in the scrape, undocumented"));
    return comparison.differences;
  }

  private void compare(Family.Promised promised, Family.Scraped family) {
    if (!promised.type().equals(family.type())) {
      report(family.name(), "is a %s, not a %s".formatted(family.type(), promised.type()));
    }
    if (family.series().size() > promised.most()) {
      report(
          family.name(),
          "has %d series, more than %d".formatted(family.series().size(), promised.most()));
    }
    if (family.series().size() < promised.fewest()) {
      report(family.name(), "has no series");
    }
    for (Map<String, String> series : family.series()) {
      if (!series.keySet().equals(promised.labels().keySet())) {
        report(
            family.name(),
            "has labels %s, not %s".formatted(series.keySet(), promised.labels().keySet()));
        continue;
      }
      series.forEach((label, value) -> compare(promised, label, value));
    }
  }

  private void compare(Family.Promised promised, String label, String value) {
    if (!promised.labels().get(label).test(value)) {
      report(promised.name(), "has the undocumented %s '%s'".formatted(label, value));
    }
    if (ID.matcher(value).matches() || EMAIL.matcher(value).matches() || isRawPath(label, value)) {
      report(
          promised.name(), "tells of a single thing or person by %s '%s'".formatted(label, value));
    }
  }

  /**
   * Whether the value is a raw path. Only a route may start with a slash, and the document lists
   * the routes.
   */
  private static boolean isRawPath(String label, String value) {
    return value.startsWith("/") && !label.equals(ROUTE);
  }

  private void report(String family, String what) {
    String difference = family + " " + what;
    if (!differences.contains(difference)) {
      differences.add(difference);
    }
  }
}
