package io.boxoffice.grafana.preview;

import io.boxoffice.grafana.dashboard.Dashboard;
import io.boxoffice.grafana.dashboard.Expressions;
import io.boxoffice.grafana.dashboard.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds metrics that dashboards or rules name but no process exports: neither the targets of a
 * running Prometheus, nor its rules, nor what only a cluster has.
 */
public final class KnownMetrics {
  private static final Path CLUSTER = Path.of("grafana/cluster-metrics.txt");
  private static final Set<String> MADE_BY_PROMETHEUS = Set.of("ALERTS", "up");

  private KnownMetrics() {}

  /** Takes the options of the preview, of which the dashboards and the address count. */
  public static void main(String[] arguments) throws IOException {
    PreviewOptions options = PreviewOptions.parse(arguments);
    Prometheus prometheus = new Prometheus(options.prometheus());
    Map<String, Set<String>> used = new TreeMap<>();
    for (Dashboard dashboard : options.readDashboards()) {
      addDashboard(used, dashboard);
    }
    prometheus.rules().forEach((rule, expression) -> add(used, "rule " + rule, expression));
    Set<String> cluster = clusterMetrics();
    Set<String> unknown = new TreeSet<>(used.keySet());
    unknown.removeAll(MADE_BY_PROMETHEUS);
    unknown.removeAll(cluster);
    unknown.removeAll(prometheus.rules().keySet());
    Set<String> exported = prometheus.metrics();
    unknown.removeIf(name -> exported.contains(name) || exported.contains(family(name)));
    Set<String> unused = new TreeSet<>(cluster);
    unused.removeAll(used.keySet());
    unknown.forEach(
        name -> System.out.printf("nobody exports %s, which is in %s%n", name, used.get(name)));
    unused.forEach(name -> System.out.printf("%s lists %s, which nobody uses%n", CLUSTER, name));
    if (!unknown.isEmpty() || !unused.isEmpty()) {
      System.exit(1);
    }
    System.out.printf("%d metrics are used, and all of them are known%n", used.size());
  }

  private static void addDashboard(Map<String, Set<String>> used, Dashboard dashboard) {
    for (Panel panel : dashboard.drawn()) {
      for (Panel.Target target : panel.targets()) {
        add(used, dashboard.title() + " / " + panel.title(), target.expr());
      }
    }
    dashboard
        .annotations()
        .list()
        .forEach(mark -> add(used, dashboard.title() + " / " + mark.name(), mark.expr()));
  }

  private static void add(Map<String, Set<String>> used, String place, String expression) {
    for (String name : Expressions.metrics(expression)) {
      used.computeIfAbsent(name, key -> new TreeSet<>()).add(place);
    }
  }

  /** The family of a series of a histogram, a summary or a counter. */
  private static String family(String name) {
    return name.replaceFirst("_(bucket|sum|count|total)$", "");
  }

  private static Set<String> clusterMetrics() throws IOException {
    List<String> lines = Files.readAllLines(CLUSTER);
    return lines.stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .collect(Collectors.toSet());
  }
}
