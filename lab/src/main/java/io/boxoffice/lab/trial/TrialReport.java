package io.boxoffice.lab.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.bench.report.MarkdownTable;
import io.boxoffice.stress.bench.report.Median;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The results of a run as a table of all repeats, and as lines for programs. */
public record TrialReport(List<TrialResult> results) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> HEAD =
      List.of(
          "fault",
          "repeats",
          "outage s",
          "errors",
          "unknown",
          "acknowledged lost",
          "oversold",
          "contradictions",
          "purchases",
          "recovery s");

  /**
   * The table in Markdown: an outage is "shortest / median / longest", other figures are "median /
   * worst", or a sum where there is one only.
   */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    if (!results.isEmpty()) {
      TrialResult first = results.get(0);
      text.append("%s, configuration %s%n%n".formatted(first.topology(), first.configuration()));
    }
    List<List<String>> rows = new ArrayList<>();
    byFault(results).forEach((name, ofFault) -> rows.add(row(name, ofFault)));
    MarkdownTable.append(text, HEAD, rows);
    return text.toString();
  }

  /** The repeats of each fault, in the order of the first ones. */
  static Map<String, List<TrialResult>> byFault(List<TrialResult> results) {
    Map<String, List<TrialResult>> faults = new LinkedHashMap<>();
    results.forEach(one -> faults.computeIfAbsent(one.fault(), name -> new ArrayList<>()).add(one));
    return faults;
  }

  private static List<String> row(String name, List<TrialResult> results) {
    return List.of(
        name,
        Integer.toString(results.size()),
        OutageRange.of(results).cell(),
        both(results, "%.0f", TrialResult::errorCount),
        both(results, "%.0f", TrialResult::unknown),
        sum(results, TrialResult::lost),
        sum(results, TrialResult::oversold),
        sum(results, one -> one.contradictions().size()),
        sum(results, TrialResult::purchases),
        recovery(results));
  }

  private static String recovery(List<TrialResult> results) {
    long never = results.stream().filter(one -> one.recoveryMillis() < 0).count();
    List<TrialResult> recovered =
        results.stream().filter(one -> one.recoveryMillis() >= 0).toList();
    if (recovered.isEmpty()) {
      return "never";
    }
    String text = both(recovered, "%.1f", one -> one.recoveryMillis() / 1e3);
    return never == 0 ? text : "%s, %d never".formatted(text, never);
  }

  private static String both(
      List<TrialResult> results, String format, ToDoubleFunction<TrialResult> figure) {
    List<Double> values = results.stream().map(figure::applyAsDouble).toList();
    double worst = values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    return String.format(
        Locale.ROOT, format.concat(" / ").concat(format), Median.of(values), worst);
  }

  private static String sum(List<TrialResult> results, ToDoubleFunction<TrialResult> figure) {
    return String.format(Locale.ROOT, "%.0f", results.stream().mapToDouble(figure).sum());
  }

  /** One JSON object in each line, for each trial. */
  public String jsonLines() {
    StringBuilder lines = new StringBuilder();
    for (TrialResult result : results) {
      try {
        lines.append(JSON.writeValueAsString(result)).append('\n');
      } catch (JsonProcessingException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
    return lines.toString();
  }
}
