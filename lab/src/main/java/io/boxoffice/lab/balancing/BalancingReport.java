package io.boxoffice.lab.balancing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.bench.report.MarkdownTable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as a table for each situation, and as lines for programs. */
record BalancingReport(BalancingOptions options, List<Measured> all) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> HEAD =
      List.of(
          "proxy, algorithm",
          "requests",
          "errors",
          "p50 ms",
          "p90 ms",
          "p99 ms",
          "max ms",
          "% at shop1 / 2 / 3",
          "most open");

  /** The rounds of each cell together, in the order of the command line. */
  List<Row> rows() {
    Map<Cell, List<Measured>> cells = new LinkedHashMap<>();
    for (Situation situation : options.situations()) {
      Cell.of(situation, options.programs()).forEach(cell -> cells.put(cell, new ArrayList<>()));
    }
    all.forEach(one -> cells.get(one.cell()).add(one));
    return cells.entrySet().stream()
        .filter(cell -> !cell.getValue().isEmpty())
        .map(cell -> new Row(cell.getKey(), List.copyOf(cell.getValue())))
        .toList();
  }

  /** The tables in Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%.0f purchases a second, median of %d rounds of %d s%n",
            options.perSecond(),
            options.rounds(),
            options.load().toSeconds()));
    for (Situation situation : options.situations()) {
      List<List<String>> rows =
          rows().stream()
              .filter(row -> row.cell().situation() == situation)
              .map(BalancingReport::cells)
              .toList();
      if (!rows.isEmpty()) {
        text.append("%n%s%n%n".formatted(situation.title()));
        MarkdownTable.append(text, HEAD, rows);
      }
    }
    return text.toString();
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.cell().title(),
        Integer.toString(row.requests()),
        Integer.toString(row.errors()),
        millis(row.p50Millis()),
        millis(row.p90Millis()),
        millis(row.p99Millis()),
        millis(row.maxMillis()),
        row.shares(),
        row.mostOpen());
  }

  /** A time in milliseconds; a dash for none. */
  static String millis(double millis) {
    return Double.isNaN(millis) ? "–" : String.format(Locale.ROOT, "%.0f", millis);
  }

  /** One JSON object in each line, for each load. */
  String jsonLines() {
    return all.stream().map(BalancingReport::json).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String json(Measured measured) {
    try {
      return JSON.writeValueAsString(measured);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** For the progress of a run. */
  static String sentence(Measured one) {
    return "%s %d: %s: p50 %s ms, p90 %s ms, p99 %s ms, %d of %d requests failed %s, answers %s"
        .formatted(
            one.situation().id(),
            one.round(),
            one.cell().title(),
            millis(one.p50Millis()),
            millis(one.p90Millis()),
            millis(one.p99Millis()),
            one.errorCount(),
            one.requests(),
            one.errors(),
            one.answered());
  }
}
