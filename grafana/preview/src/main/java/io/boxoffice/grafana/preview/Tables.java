package io.boxoffice.grafana.preview;

import io.boxoffice.grafana.dashboard.Custom;
import io.boxoffice.grafana.dashboard.DashboardException;
import io.boxoffice.grafana.dashboard.Dashboards;
import io.boxoffice.grafana.dashboard.Field;
import io.boxoffice.grafana.dashboard.Panel;
import io.boxoffice.grafana.dashboard.PanelOptions;
import io.boxoffice.stress.plot.chart.Chart;
import io.boxoffice.stress.plot.chart.TableChart;
import io.boxoffice.stress.plot.svg.Colour;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tables of instant queries: a row for each set of labels, a column for each label and query. */
final class Tables {
  private static final String TIME = "Time";

  private Tables() {}

  static Chart table(Panel panel, PanelData data) {
    List<Map<String, Object>> rows = rows(panel, data);
    Panel.TransformationOptions organized = organized(panel);
    List<String> columns = columns(rows, organized);
    List<String> heads =
        columns.stream().map(name -> organized.renameByName().getOrDefault(name, name)).toList();
    Dashboards.options(panel, PanelOptions.Table.class)
        .sortBy()
        .forEach(
            sort -> {
              int column = heads.indexOf(sort.displayName());
              if (column < 0) {
                throw new DashboardException(
                    "There is no column '%s' to sort by.".formatted(sort.displayName()));
              }
              Comparator<Map<String, Object>> order = byColumn(columns.get(column));
              rows.sort(sort.desc() ? order.reversed() : order);
            });
    List<Field> fields = heads.stream().map(head -> Dashboards.field(panel, head, "")).toList();
    List<List<TableChart.Cell>> cells = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      List<TableChart.Cell> line = new ArrayList<>();
      for (int column = 0; column < columns.size(); column++) {
        line.add(cell(panel, fields.get(column), row.get(columns.get(column))));
      }
      cells.add(line);
    }
    return new TableChart(heads, cells);
  }

  private static TableChart.Cell cell(Panel panel, Field field, Object value) {
    if (value instanceof Double number) {
      Custom.Table custom = Dashboards.custom(panel, field, Custom.Table.class);
      boolean coloured =
          custom.cellOptions() != null && custom.cellOptions().type().startsWith("color");
      return new TableChart.Cell(
          field.format(number),
          field.wordFor(number) == null,
          coloured ? Charts.colour(field, number, 0) : Colour.TEXT);
    }
    boolean link = field.links() != null && !field.links().isEmpty();
    return new TableChart.Cell(
        value == null ? "" : value.toString(), false, link ? Colour.BLUE : Colour.TEXT);
  }

  /** A row for each set of labels, with the values of all queries that have it. */
  private static List<Map<String, Object>> rows(Panel panel, PanelData data) {
    boolean several = panel.targets().size() > 1;
    Map<Map<String, String>, Map<String, Object>> rows = new LinkedHashMap<>();
    for (PanelData.Frame frame : data.frames()) {
      Map<String, Object> row =
          rows.computeIfAbsent(frame.labels(), labels -> new LinkedHashMap<>(labels));
      row.put(several ? "Value #" + frame.refId() : "Value", frame.values().last());
    }
    return new ArrayList<>(rows.values());
  }

  private static List<String> columns(
      List<Map<String, Object>> rows, Panel.TransformationOptions organized) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.keySet()));
    names.removeIf(name -> organized.excludeByName().getOrDefault(name, false));
    List<String> columns = new ArrayList<>(names);
    columns.sort(
        Comparator.comparingInt(
            name -> organized.indexByName().getOrDefault(name, Integer.MAX_VALUE)));
    return columns;
  }

  private static Panel.TransformationOptions organized(Panel panel) {
    Panel.TransformationOptions found = null;
    for (Panel.Transformation transformation : panel.transformations()) {
      switch (transformation.id()) {
        case "organize" -> found = transformation.options();
        case "merge" -> {} // Rows of equal labels are one row here anyway.
        default ->
            throw new DashboardException(
                "There is no transformation '%s' here.".formatted(transformation.id()));
      }
    }
    if (found == null || !found.excludeByName().getOrDefault(TIME, false)) {
      throw new DashboardException(
          "The table '%s' must be organized and leave out the column Time."
              .formatted(panel.title()));
    }
    return new Panel.TransformationOptions(
        found.excludeByName(),
        found.indexByName() == null ? Map.of() : found.indexByName(),
        new TreeMap<>(found.renameByName() == null ? Map.of() : found.renameByName()));
  }

  private static Comparator<Map<String, Object>> byColumn(String name) {
    return (one, other) -> {
      Object left = one.get(name);
      Object right = other.get(name);
      if (left instanceof Double number && right instanceof Double another) {
        return number.compareTo(another);
      }
      return String.valueOf(left).compareTo(String.valueOf(right));
    };
  }
}
