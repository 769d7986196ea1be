package io.boxoffice.stress.compare.result;

import io.boxoffice.stress.compare.scenario.ScenarioKind;
import io.boxoffice.stress.plot.chart.Bars;
import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Theme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Accepted and completed latency of each way, as bars. Each scenario has a scale of its own,
 * because they differ by a thousand times.
 */
public final class LatencyPlot {
  private static final double WIDTH = 760;
  private static final double NAME_WIDTH = 260;
  private static final double VALUE_WIDTH = 90;
  private static final double ROW_HEIGHT = 22;
  private static final double TITLE_HEIGHT = 34;
  private static final double GAP_HEIGHT = 28;

  private LatencyPlot() {}

  /** Draws the rows of one condition. */
  public static String draw(Condition condition, List<Row> rows) {
    String title = "Latency, p95: %s".formatted(condition.title());
    Svg svg = new Svg(title, Theme.READER);
    svg.text(0, 18, Anchor.START, Font.bold(15, Colour.TEXT), title);
    double y = TITLE_HEIGHT;
    for (ScenarioKind scenario : ScenarioKind.values()) {
      List<Bars.Bar> bars =
          rows.stream()
              .filter(row -> row.condition() == condition && row.scenario() == scenario)
              .flatMap(row -> bars(row).stream())
              .toList();
      if (!bars.isEmpty()) {
        y += GAP_HEIGHT;
        svg.text(0, y - 6, Anchor.START, Font.bold(13, Colour.TEXT), scenario.title());
        double highest = bars.stream().mapToDouble(Bars.Bar::value).max().orElse(0);
        double height = bars.size() * ROW_HEIGHT;
        new Bars(bars, highest, NAME_WIDTH, VALUE_WIDTH).draw(svg, new Box(0, y, WIDTH, height));
        y += height;
      }
    }
    return svg.document(WIDTH, y + 6);
  }

  /** The conditions that rows have. */
  public static List<Condition> conditions(List<Row> rows) {
    return Arrays.stream(Condition.values())
        .filter(condition -> rows.stream().anyMatch(row -> row.condition() == condition))
        .toList();
  }

  private static List<Bars.Bar> bars(Row row) {
    List<Bars.Bar> bars = new ArrayList<>();
    bars.add(bar(row, "accepted", row.audit().acceptedMillis().p95(), Colour.BLUE));
    bars.add(bar(row, "completed", row.audit().completedMillis().p95(), Colour.ORANGE));
    return bars;
  }

  private static Bars.Bar bar(Row row, String what, double millis, Colour colour) {
    return new Bars.Bar(
        "%s: %s".formatted(row.way().title(), what),
        Double.isNaN(millis) ? 0 : millis,
        Figures.time(millis),
        colour);
  }
}
