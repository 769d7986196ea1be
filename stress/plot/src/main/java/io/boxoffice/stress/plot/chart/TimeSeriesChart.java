package io.boxoffice.stress.plot.chart;

import io.boxoffice.stress.plot.data.Levels;
import io.boxoffice.stress.plot.data.Scale;
import io.boxoffice.stress.plot.data.Series;
import io.boxoffice.stress.plot.data.Values;
import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Path;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Svg.Stroke;
import io.boxoffice.stress.plot.svg.Texts;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Lines, or areas on top of one another, over time.
 *
 * @param times the instants of all values, in seconds since 1970
 * @param lines horizontal lines at important values
 * @param low the lowest value of the scale, NaN to take it from the values
 * @param high the highest, NaN likewise
 * @param bytes whether the values are bytes, which have other round numbers
 */
public record TimeSeriesChart(
    TimeAxis axis,
    Values times,
    List<Series> series,
    boolean stacked,
    Legend legend,
    Levels lines,
    double low,
    double high,
    boolean bytes,
    DoubleFunction<String> format)
    implements Chart {
  private static final double TICK_HEIGHT = 34;
  private static final double TOP = 6;
  // The length of the line for a value without neighbours.
  private static final double LONE = 1.5;

  @Override
  public void draw(Svg svg, Box box) {
    Box rest = legend.draw(svg, box);
    List<Values> tops = tops();
    Scale values = scale(tops, rest);
    double labels =
        values.ticks().stream()
                .mapToDouble(tick -> Texts.width(format.apply(tick), 10))
                .max()
                .orElse(0)
            + 8;
    Box plot = axis.draw(svg, rest.inset(labels, TOP, 4, 0));
    for (double tick : values.ticks()) {
      double y = values.at(tick);
      svg.line(plot.x(), y, plot.right(), y, Stroke.solid(Colour.GRID, 1));
      svg.text(plot.x() - 6, y + 3.5, Anchor.END, Font.of(10, Colour.WEAK), format.apply(tick));
    }
    Scale time = axis.scale(plot);
    for (int index = series.size() - 1; index >= 0; index--) {
      Values floor = stacked && index > 0 ? tops.get(index - 1) : null;
      drawOne(svg, time, values, series.get(index), tops.get(index), floor);
    }
    for (Levels.Level level : lines.levels()) {
      if (level.from() > values.low() && level.from() <= values.high()) {
        double y = values.at(level.from());
        svg.line(plot.x(), y, plot.right(), y, Stroke.dashed(level.colour(), 1.2));
      }
    }
    axis.drawMarks(svg, plot);
  }

  private Scale scale(List<Values> tops, Box rest) {
    DoubleSummaryStatistics all = new DoubleSummaryStatistics();
    tops.forEach(line -> all.combine(line.statistics()));
    boolean any = all.getCount() > 0;
    double bottom = !Double.isNaN(low) ? low : any ? Math.min(0, all.getMin()) : 0;
    double top = !Double.isNaN(high) ? high : any ? all.getMax() : 1;
    double from = rest.bottom() - TimeAxis.HEIGHT;
    double to = rest.y() + TOP;
    int ticks = Math.max(2, (int) ((from - to) / TICK_HEIGHT));
    if (!Double.isNaN(high)) {
      return Scale.exact(bottom, top, from, to, ticks);
    }
    return bytes
        ? Scale.roundedBytes(bottom, top, from, to, ticks)
        : Scale.rounded(bottom, top, from, to, ticks);
  }

  /** Where each line runs: its values, or theirs and those of all lines below it. */
  private List<Values> tops() {
    List<Values> tops = new ArrayList<>();
    for (Series one : series) {
      Values below = stacked && !tops.isEmpty() ? tops.get(tops.size() - 1) : null;
      tops.add(below == null ? one.values() : one.values().plus(below));
    }
    return tops;
  }

  private void drawOne(Svg svg, Scale time, Scale values, Series one, Values top, Values floor) {
    Path line = new Path();
    int begin = -1;
    for (int index = 0; index <= top.size(); index++) {
      if (top.has(index)) {
        double x = time.at(times.get(index));
        double y = values.within(top.get(index));
        if (begin < 0) {
          begin = index;
          line.move(x, y).line(x + (top.has(index + 1) ? 0 : LONE), y);
        } else {
          line.line(x, y);
        }
      } else if (begin >= 0) {
        if (one.fill() > 0) {
          svg.area(area(time, values, top, floor, begin, index), one.colour(), one.fill());
        }
        begin = -1;
      }
    }
    if (!line.isEmpty()) {
      svg.path(
          line, one.dashed() ? Stroke.dashed(one.colour(), 1.5) : Stroke.solid(one.colour(), 1.5));
    }
  }

  private Path area(Scale time, Scale values, Values top, Values floor, int begin, int end) {
    Path area = new Path().move(time.at(times.get(begin)), values.within(top.get(begin)));
    for (int index = begin + 1; index < end; index++) {
      area.line(time.at(times.get(index)), values.within(top.get(index)));
    }
    for (int index = end - 1; index >= begin; index--) {
      double below = floor == null ? 0 : floor.has(index) ? floor.get(index) : 0;
      area.line(time.at(times.get(index)), values.within(below));
    }
    return area.close();
  }
}
