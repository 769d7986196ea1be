package io.boxoffice.lab.balancing;

import io.boxoffice.stress.plot.chart.Bars;
import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Theme;
import java.util.List;
import java.util.stream.Stream;

/** The latency of each proxy and algorithm as bars. Each situation has a scale of its own. */
final class BalancingPlot {
  private static final double WIDTH = 760;
  private static final double NAME_WIDTH = 220;
  private static final double VALUE_WIDTH = 90;
  private static final double ROW_HEIGHT = 17;
  private static final double TITLE_HEIGHT = 34;
  private static final double GAP_HEIGHT = 28;

  private BalancingPlot() {}

  /** Draws all situations that were measured, one below the other. */
  static String draw(List<Row> rows) {
    String title = "Latency of purchases, p50, p90 and p99";
    Svg svg = new Svg(title, Theme.READER);
    svg.text(0, 18, Anchor.START, Font.bold(15, Colour.TEXT), title);
    double y = TITLE_HEIGHT;
    for (Situation situation : Situation.values()) {
      List<Bars.Bar> bars =
          rows.stream()
              .filter(row -> row.cell().situation() == situation)
              .flatMap(BalancingPlot::bars)
              .toList();
      if (!bars.isEmpty()) {
        y += GAP_HEIGHT;
        svg.text(0, y - 6, Anchor.START, Font.bold(13, Colour.TEXT), situation.title());
        double highest = bars.stream().mapToDouble(Bars.Bar::value).max().orElse(0);
        double height = bars.size() * ROW_HEIGHT;
        new Bars(bars, highest, NAME_WIDTH, VALUE_WIDTH).draw(svg, new Box(0, y, WIDTH, height));
        y += height;
      }
    }
    return svg.document(WIDTH, y + 6);
  }

  private static Stream<Bars.Bar> bars(Row row) {
    return Stream.of(
        bar(row.cell().title() + ": p50", row.p50Millis(), Colour.BLUE),
        bar("p90", row.p90Millis(), Colour.TEAL),
        bar("p99", row.p99Millis(), Colour.ORANGE));
  }

  private static Bars.Bar bar(String name, double millis, Colour colour) {
    return new Bars.Bar(
        name, Double.isNaN(millis) ? 0 : millis, BalancingReport.millis(millis) + " ms", colour);
  }
}
