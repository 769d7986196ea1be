package io.boxoffice.stress.compare.result;

import io.boxoffice.stress.compare.scenario.ScenarioKind;
import io.boxoffice.stress.plot.chart.Legend;
import io.boxoffice.stress.plot.chart.TimeAxis;
import io.boxoffice.stress.plot.chart.TimeSeriesChart;
import io.boxoffice.stress.plot.data.Levels;
import io.boxoffice.stress.plot.data.Series;
import io.boxoffice.stress.plot.data.Values;
import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Theme;
import java.util.List;
import java.util.stream.IntStream;

/** What is accepted and not done in each second of a load, one panel for each scenario. */
public final class BacklogPlot {
  private static final double WIDTH = 760;
  private static final double PANEL_HEIGHT = 200;
  private static final double MARGIN = 12;
  private static final double TITLE_HEIGHT = 34;
  private static final double HEAD = 28;

  private BacklogPlot() {}

  /** Draws the rows of one condition. Times count from the begin of each load. */
  public static String draw(Condition condition, List<Row> rows) {
    String title = "Accepted and not done: %s".formatted(condition.title());
    Svg svg = new Svg(title, Theme.READER);
    svg.text(0, 18, Anchor.START, Font.bold(15, Colour.TEXT), title);
    double y = TITLE_HEIGHT;
    for (ScenarioKind scenario : ScenarioKind.values()) {
      List<Row> here =
          rows.stream()
              .filter(row -> row.condition() == condition && row.scenario() == scenario)
              .toList();
      if (!here.isEmpty()) {
        Box place = new Box(0, y, WIDTH, PANEL_HEIGHT);
        svg.frame(place, Colour.PANEL, Colour.BORDER, 4);
        svg.text(MARGIN, y + 20, Anchor.START, Font.bold(13, Colour.TEXT), scenario.title());
        chart(here).draw(svg, place.inset(MARGIN, HEAD, MARGIN, 8));
        y += PANEL_HEIGHT + MARGIN;
      }
    }
    return svg.document(WIDTH, y);
  }

  private static TimeSeriesChart chart(List<Row> rows) {
    int seconds = rows.stream().mapToInt(row -> row.backlog().size()).max().orElse(0);
    int length = Math.max(2, seconds);
    List<Series> lines =
        IntStream.range(0, rows.size())
            .mapToObj(
                index ->
                    new Series(
                        rows.get(index).way().title(),
                        Colour.series(index),
                        values(rows.get(index).backlog(), length),
                        0,
                        false))
            .toList();
    return new TimeSeriesChart(
        new TimeAxis(0, length - 1, List.of()),
        Values.of(IntStream.range(0, length).asDoubleStream().toArray()),
        lines,
        false,
        new Legend(
            List.of(),
            lines.stream()
                .map(line -> new Legend.Entry(line.name(), line.colour(), List.of()))
                .toList()),
        new Levels(List.of()),
        0,
        Double.NaN,
        false,
        Figures::count);
  }

  /** A load that was done sooner has no backlog after that. */
  private static Values values(List<Integer> backlog, int length) {
    return Values.of(
        IntStream.range(0, length)
            .mapToDouble(second -> second < backlog.size() ? backlog.get(second) : 0)
            .toArray());
  }
}
