package io.boxoffice.grafana.preview;

import io.boxoffice.grafana.dashboard.Expressions;
import io.boxoffice.grafana.dashboard.Panel;
import io.boxoffice.grafana.dashboard.PanelType;
import io.boxoffice.stress.plot.data.Durations;
import io.boxoffice.stress.plot.data.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a panel's queries found.
 *
 * @param problems what is wrong with its queries
 */
record PanelData(Values times, List<Frame> frames, List<Problem> problems) {
  private static final Pattern LABEL = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
  private static final int POINTS_PER_COLUMN = 12;
  private static final double[] STEPS = {
    1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 10_800, 21_600, 86_400
  };

  /** One result of a query, under the name that the legend gives it. */
  record Frame(String refId, Map<String, String> labels, String name, Values values) {}

  /**
   * What is wrong with a query, in a sentence.
   *
   * @param refused whether Prometheus rejected it, which is always a fault; otherwise it found
   *     nothing
   */
  record Problem(String sentence, boolean refused) {}

  /** What a dashboard's panels have in common: where, when and with which variables to ask. */
  record Source(
      Prometheus prometheus,
      double from,
      double to,
      double scrapeSeconds,
      Map<String, String> variables) {}

  static PanelData of(Panel panel, Source source) {
    double step = step(source, panel.gridPos().w() * POINTS_PER_COLUMN);
    double from = Math.ceil(source.from() / step) * step;
    Prometheus.Range range = new Prometheus.Range(from, source.to(), step);
    Map<String, String> variables = new HashMap<>(source.variables());
    variables.put("__interval", Durations.seconds(step));
    variables.put("__range", Durations.seconds(source.to() - source.from()));
    variables.put(
        "__rate_interval",
        Durations.seconds(Math.max(step + source.scrapeSeconds(), 4 * source.scrapeSeconds())));
    List<Frame> frames = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Panel.Target target : panel.targets()) {
      try {
        String expression = Expressions.fill(target.expr(), variables);
        List<Prometheus.Result> results =
            target.instant()
                ? source.prometheus().instant(expression, source.to())
                : source.prometheus().range(expression, range);
        if (results.stream().allMatch(result -> result.values().isMissing())) {
          problems.add(
              new Problem("query %s has no data: %s".formatted(target.refId(), expression), false));
        }
        for (Prometheus.Result result : results) {
          frames.add(
              new Frame(target.refId(), result.labels(), name(target, result), result.values()));
        }
      } catch (PreviewException refused) {
        problems.add(
            new Problem("query %s: %s".formatted(target.refId(), refused.getMessage()), true));
      }
    }
    return new PanelData(range.times(), frames, problems);
  }

  /** Whether there is nothing to draw. A table of a query that found nothing is empty too. */
  boolean isEmpty(PanelType type) {
    return frames.isEmpty()
        || (type != PanelType.TABLE
            && frames.stream().allMatch(frame -> frame.values().isMissing()));
  }

  private static double step(Source source, int points) {
    double wanted =
        Math.max(source.scrapeSeconds(), (source.to() - source.from()) / Math.max(60, points));
    return Arrays.stream(STEPS).filter(step -> step >= wanted).findFirst().orElse(wanted);
  }

  private static String name(Panel.Target target, Prometheus.Result result) {
    if (target.legendFormat() == null) {
      return target.refId();
    }
    return LABEL
        .matcher(target.legendFormat())
        .replaceAll(
            label -> Matcher.quoteReplacement(result.labels().getOrDefault(label.group(1), "")));
  }
}
