package io.boxoffice.grafana.preview;

import io.boxoffice.grafana.dashboard.Dashboard;
import io.boxoffice.grafana.dashboard.Dashboards;
import io.boxoffice.stress.plot.data.Durations;
import io.boxoffice.stress.plot.svg.Theme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line asks for.
 *
 * @param dashboards files, or folders of them
 * @param exceptions the file that lists panels which have no data outside of a cluster
 * @param last how far to look back; null for what each dashboard says
 */
record PreviewOptions(
    List<Path> dashboards,
    Path exceptions,
    URI prometheus,
    Path out,
    List<Theme> themes,
    Duration last,
    Map<String, String> variables) {

  static final String USAGE =
      """
      ./boxoffice preview [options]

        --dashboard FILE     a dashboard, or a folder of them (grafana/dashboards); may be repeated
        --prometheus URL     where the data come from (http://localhost:9090)
        --last 15m           how far to look back (what the dashboard says)
        --var NAME=VALUE     choose a variable's value; may be repeated
        --out FOLDER         where UID-light.svg and UID-dark.svg go (grafana/preview/target/preview)
        --light, --dark      only one of the two
        --exceptions FILE    panels without data outside of a cluster (grafana/cluster-only.txt)

      It draws every panel, names the queries that find nothing, and fails when their panels are
      others than those that the exceptions list, or when Prometheus refuses a query.
      """;

  static PreviewOptions parse(String... arguments) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
    List<Path> dashboards = new ArrayList<>();
    Path exceptions = Path.of("grafana/cluster-only.txt");
    URI prometheus = URI.create("http://localhost:9090");
    Path out = Path.of("grafana/preview/target/preview");
    List<Theme> themes = List.of(Theme.LIGHT, Theme.DARK);
    Duration last = null;
    Map<String, String> variables = new LinkedHashMap<>();
    while (!rest.isEmpty()) {
      String option = rest.remove();
      switch (option) {
        case "--dashboard" -> dashboards.add(Path.of(value(option, rest)));
        case "--exceptions" -> exceptions = Path.of(value(option, rest));
        case "--prometheus" -> prometheus = URI.create(value(option, rest).replaceFirst("/+$", ""));
        case "--out" -> out = Path.of(value(option, rest));
        case "--last" -> last = Durations.parse(value(option, rest));
        case "--light" -> themes = List.of(Theme.LIGHT);
        case "--dark" -> themes = List.of(Theme.DARK);
        case "--var" -> {
          String[] pair = value(option, rest).split("=", 2);
          if (pair.length < 2) {
            throw new PreviewException("--var takes NAME=VALUE.");
          }
          variables.put(pair[0], pair[1]);
        }
        default -> throw new PreviewException("There is no option %s.".formatted(option));
      }
    }
    if (dashboards.isEmpty()) {
      dashboards.add(Path.of("grafana/dashboards"));
    }
    return new PreviewOptions(dashboards, exceptions, prometheus, out, themes, last, variables);
  }

  /** The dashboards of all files and folders. */
  List<Dashboard> readDashboards() throws IOException {
    List<Dashboard> all = new ArrayList<>();
    for (Path path : dashboards) {
      all.addAll(
          Files.isDirectory(path) ? Dashboards.readAll(path) : List.of(Dashboards.read(path)));
    }
    return all;
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new PreviewException("%s needs a value.".formatted(option));
    }
    return rest.remove();
  }
}
