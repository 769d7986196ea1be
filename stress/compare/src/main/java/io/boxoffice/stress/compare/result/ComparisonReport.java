package io.boxoffice.stress.compare.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.boxoffice.stress.bench.report.MarkdownTable;
import io.boxoffice.stress.compare.audit.Audit;
import io.boxoffice.stress.compare.scenario.ScenarioKind;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows of a run with the facts of its machine: tables for a reader, JSON for a program.
 *
 * @param machine facts by name, in their order
 */
public record ComparisonReport(Map<String, String> machine, List<Row> rows) {
  private static final List<String> TIMES =
      List.of(
          "way",
          "accepted p50",
          "p95",
          "p99",
          "completed p50",
          "p95",
          "p99",
          "accepted/s",
          "completed/s",
          "unrelated GET p99",
          "failed");
  private static final List<String> TRUTH =
      List.of(
          "way",
          "requests",
          "errors",
          "failed but done",
          "done twice",
          "lost",
          "open",
          "backlog",
          "oldest",
          "drained after",
          "threads",
          "CPU s",
          "MB");

  /** Tables in Markdown, which a terminal can show too. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    machine.forEach((fact, value) -> text.append("- ").append(fact + ": " + value).append('\n'));
    for (Condition condition : Condition.values()) {
      List<Row> here = rows.stream().filter(row -> row.condition() == condition).toList();
      if (!here.isEmpty()) {
        text.append("\n## ").append(condition.title()).append('\n');
        for (ScenarioKind scenario : ScenarioKind.values()) {
          section(text, scenario, here.stream().filter(row -> row.scenario() == scenario).toList());
        }
      }
    }
    return text.toString();
  }

  private static void section(StringBuilder text, ScenarioKind scenario, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    text.append(
        "\n### %s, %s a second\n\n".formatted(scenario.title(), Figures.rate(rows.get(0).rate())));
    table(text, TIMES, rows, ComparisonReport::times);
    text.append('\n');
    table(text, TRUTH, rows, ComparisonReport::truth);
    for (Row row : rows) {
      for (String fault : row.faults()) {
        text.append("\n- ").append(row.way().title()).append(": ").append(fault).append('\n');
      }
    }
  }

  private static void table(
      StringBuilder text, List<String> head, List<Row> rows, Function<Row, List<String>> cells) {
    MarkdownTable.append(text, head, rows.stream().map(cells).toList());
  }

  private static List<String> times(Row row) {
    Audit audit = row.audit();
    return List.of(
        row.way().title(),
        Figures.time(audit.acceptedMillis().p50()),
        Figures.time(audit.acceptedMillis().p95()),
        Figures.time(audit.acceptedMillis().p99()),
        Figures.time(audit.completedMillis().p50()),
        Figures.time(audit.completedMillis().p95()),
        Figures.time(audit.completedMillis().p99()),
        Figures.rate(audit.acceptedRate()),
        Figures.rate(audit.completedRate()),
        Figures.time(row.readsMillis().p99()),
        Figures.count(row.readFailures()));
  }

  private static List<String> truth(Row row) {
    Audit audit = row.audit();
    return List.of(
        row.way().title(),
        Figures.count(audit.requests()),
        errors(audit.errors()),
        Figures.count(audit.failedButDone()),
        Figures.count(audit.twice()),
        Figures.count(audit.lost()),
        Figures.count(audit.open()),
        Figures.count(audit.backlogMost()),
        Figures.time(audit.backlogOldestMillis()),
        Figures.time(audit.drainMillis()),
        Figures.count(row.usage().threads()),
        Figures.rate(row.usage().cpuSeconds()),
        Figures.count(row.usage().memoryMegabytes()));
  }

  private static String errors(Map<String, Integer> errors) {
    return errors.isEmpty()
        ? "0"
        : errors.entrySet().stream()
            .map(error -> error.getValue() + " " + error.getKey())
            .collect(Collectors.joining(", "));
  }

  /** All figures, also those that the tables leave out. */
  public String json() {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = json.createObjectNode();
    root.set("machine", json.valueToTree(machine));
    var list = root.putArray("rows");
    for (Row row : rows) {
      ObjectNode one = list.addObject();
      one.put("scenario", row.scenario().id());
      one.put("way", row.way().communication());
      one.put("transport", row.way().transport());
      one.put("condition", row.condition().id());
      one.put("rate", row.rate());
      one.set("audit", json.valueToTree(row.audit()));
      one.set("usage", json.valueToTree(row.usage()));
      one.set("unrelatedGetMillis", json.valueToTree(row.readsMillis()));
      one.put("unrelatedGetFailures", row.readFailures());
      one.set("backlogBySecond", json.valueToTree(row.backlog()));
      one.set("faults", json.valueToTree(row.faults()));
    }
    try {
      return json.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
