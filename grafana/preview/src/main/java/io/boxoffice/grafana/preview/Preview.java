package io.boxoffice.grafana.preview;

import io.boxoffice.grafana.dashboard.Dashboard;
import io.boxoffice.grafana.dashboard.DashboardException;
import io.boxoffice.grafana.dashboard.Expressions;
import io.boxoffice.grafana.dashboard.Panel;
import io.boxoffice.stress.plot.chart.TimeAxis;
import io.boxoffice.stress.plot.data.Durations;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws dashboards with the data of a Prometheus, each to one SVG for each theme. */
public final class Preview {
  private static final int MARK_POINTS = 1_000;

  private final PreviewOptions options;
  private final Prometheus prometheus;
  private final ClusterOnly clusterOnly;
  private final double scrapeSeconds;

  Preview(PreviewOptions options) throws IOException {
    this.options = options;
    this.prometheus = new Prometheus(options.prometheus());
    this.clusterOnly = ClusterOnly.read(options.exceptions());
    this.scrapeSeconds = prometheus.scrapeInterval().toMillis() / 1000.0;
  }

  /** See {@link PreviewOptions#USAGE}. */
  public static void main(String[] arguments) {
    if (List.of(arguments).contains("--help")) {
      System.out.print(PreviewOptions.USAGE);
      return;
    }
    try {
      int missing = new Preview(PreviewOptions.parse(arguments)).drawAll();
      if (missing > 0) {
        System.err.printf("preview: panels without data: %d%n", missing);
        System.exit(1);
      }
    } catch (PreviewException
        | DashboardException
        | IllegalArgumentException
        | IOException failure) {
      System.err.println("preview: " + failure.getMessage());
      System.exit(2);
    }
  }

  /** Gives the number of panels that should have data and have none. */
  int drawAll() throws IOException {
    Files.createDirectories(options.out());
    int missing = 0;
    for (Dashboard dashboard : options.readDashboards()) {
      missing += draw(dashboard);
    }
    return missing;
  }

  private int draw(Dashboard dashboard) throws IOException {
    double to = Math.floor(Instant.now().toEpochMilli() / 1000.0);
    Duration last =
        options.last() == null
            ? Durations.parse(dashboard.time().from().replaceFirst("^now-", ""))
            : options.last();
    PanelData.Source source =
        new PanelData.Source(
            prometheus,
            to - last.toSeconds(),
            to,
            scrapeSeconds,
            Variables.resolve(dashboard, prometheus, options.variables()));
    Map<Integer, PanelData> data = new HashMap<>();
    int missing = 0;
    for (Panel panel : dashboard.drawn()) {
      PanelData found = PanelData.of(panel, source);
      data.put(panel.id(), found);
      if (!found.problems().isEmpty()) {
        missing += report(dashboard, panel, found);
      }
    }
    Sheet sheet = new Sheet(dashboard, source.variables(), axis(dashboard, source), data);
    for (Theme theme : options.themes()) {
      String name = "%s-%s.svg".formatted(dashboard.uid(), theme.name().toLowerCase(Locale.ROOT));
      Files.writeString(options.out().resolve(name), sheet.draw(theme));
    }
    System.out.printf(
        "preview: %s: %d panels in %s%n",
        dashboard.title(), dashboard.drawn().size(), options.out());
    return missing;
  }

  private int report(Dashboard dashboard, Panel panel, PanelData found) {
    boolean inCluster = clusterOnly.contains(dashboard.uid(), panel.title());
    int unexpected = 0;
    for (PanelData.Problem problem : found.problems()) {
      boolean expected = inCluster && !problem.refused();
      unexpected += expected ? 0 : 1;
      System.out.printf(
          "preview: %s / %s: %s%s%n",
          dashboard.title(),
          panel.title(),
          problem.sentence(),
          expected ? " (only in a cluster)" : "");
    }
    return Math.min(1, unexpected);
  }

  private TimeAxis axis(Dashboard dashboard, PanelData.Source source) {
    List<TimeAxis.Mark> marks = new ArrayList<>();
    Prometheus.Range range =
        new Prometheus.Range(
            source.from(),
            source.to(),
            Math.max(source.scrapeSeconds(), (source.to() - source.from()) / MARK_POINTS));
    for (Dashboard.Annotation annotation : dashboard.annotations().list()) {
      String expression = Expressions.fill(annotation.expr(), source.variables());
      for (Prometheus.Result result : prometheus.range(expression, range)) {
        // The values are instants in milliseconds: the only kind of annotation in use.
        Arrays.stream(result.values().toArray())
            .filter(value -> !Double.isNaN(value))
            .distinct()
            .forEach(
                value ->
                    marks.add(
                        new TimeAxis.Mark(
                            value / 1000, Colour.of(annotation.iconColor()), annotation.name())));
      }
    }
    marks.removeIf(mark -> mark.at() < source.from());
    return new TimeAxis(source.from(), source.to(), List.copyOf(marks));
  }
}
