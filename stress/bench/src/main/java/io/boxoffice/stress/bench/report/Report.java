package io.boxoffice.stress.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.plot.chart.BarPlot;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of one run with the facts of its machine, for a reader and for a program. */
public record Report(Map<String, String> machine, List<Section> sections) {

  /** Tables in Markdown, which are also readable in a terminal. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    machine.forEach((fact, value) -> text.append("- ").append(fact + ": " + value).append('\n'));
    for (Section section : sections) {
      text.append("\n### ").append(section.title()).append("\n\n");
      MarkdownTable.append(
          text,
          List.of(
              "load",
              "per second",
              "p50 ms",
              "p99 ms",
              "other answers",
              "generator's cores",
              "service's µs"),
          section.rows().stream().map(row -> cells(row, section.median(row))).toList());
      if (!section.ratios().isEmpty()) {
        text.append('\n');
        MarkdownTable.append(
            text,
            List.of("ratio", "measured", "wanted", "reached"),
            section.ratios().stream().map(Report::cells).toList());
      }
    }
    return text.toString();
  }

  /** The same and every single round, for a program. */
  public String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("machine", machine);
    root.put("sections", sections.stream().map(Report::tree).toList());
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The rates of every section as a picture, on one scale. */
  public String svg(String title) {
    return BarPlot.draw(title, sections.stream().map(Report::group).toList());
  }

  private static BarPlot.Group group(Section section) {
    return new BarPlot.Group(
        section.title(),
        section.rows().stream()
            .map(row -> new BarPlot.Rate(row, section.median(row).rate()))
            .toList());
  }

  private static Map<String, Object> tree(Section section) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", section.name());
    List<Object> rows = new ArrayList<>();
    for (String row : section.rows()) {
      Map<String, Object> figures = tree(section.median(row));
      figures.put("name", row);
      figures.put("rounds", section.rounds(row).stream().map(Report::tree).toList());
      rows.add(figures);
    }
    tree.put("rows", rows);
    List<Object> ratios = new ArrayList<>();
    for (Ratio ratio : section.ratios()) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("name", ratio.name());
      figures.put("value", rounded(ratio.value()));
      figures.put("goal", ratio.goal().toString());
      figures.put("met", ratio.isMet());
      ratios.add(figures);
    }
    tree.put("ratios", ratios);
    return tree;
  }

  private static Map<String, Object> tree(Measurement measurement) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("ratePerSecond", rounded(measurement.rate()));
    tree.put("p50Millis", rounded(measurement.p50()));
    tree.put("p99Millis", rounded(measurement.p99()));
    tree.put("others", measurement.others());
    tree.put("generatorCores", rounded(measurement.generatorCores()));
    tree.put("serviceMicros", rounded(measurement.serviceMicros()));
    return tree;
  }

  private static BigDecimal rounded(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP)
        : null;
  }

  private static List<String> cells(String row, Measurement median) {
    return List.of(
        row,
        String.format(Locale.ROOT, "%,.0f", median.rate()),
        String.format(Locale.ROOT, "%.2f", median.p50()),
        String.format(Locale.ROOT, "%.2f", median.p99()),
        Long.toString(median.others()),
        String.format(Locale.ROOT, "%.2f", median.generatorCores()),
        String.format(Locale.ROOT, "%.1f", median.serviceMicros()));
  }

  private static List<String> cells(Ratio ratio) {
    boolean wanted = ratio.goal().kind() != Goal.Kind.NONE;
    return List.of(
        ratio.name(),
        String.format(Locale.ROOT, "%.2f", ratio.value()),
        ratio.goal().toString(),
        wanted ? ratio.isMet() ? "yes" : "no" : "");
  }
}
