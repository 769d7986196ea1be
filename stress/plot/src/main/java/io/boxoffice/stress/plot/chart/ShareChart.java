package io.boxoffice.stress.plot.chart;

import io.boxoffice.stress.plot.data.Scale;
import io.boxoffice.stress.plot.data.Values;
import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Path;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Svg.Stroke;
import java.util.List;
import java.util.Locale;

/**
 * Shows which share of things ends within how many seconds.
 *
 * @param longest the seconds that the chart must show; a curve ends at its right edge
 */
public record ShareChart(List<Curve> curves, double longest) implements Chart {
  private static final double LABEL_WIDTH = 38;
  private static final double LABEL_HEIGHT = 24;
  private static final double TOP = 6;
  // The last label stands half to the right of the plot.
  private static final double RIGHT = 18;
  private static final double SIZE = 10;

  /**
   * A curve.
   *
   * @param seconds the seconds of each share, for shares at equal distances from 0 to 1
   */
  public record Curve(String name, Colour colour, Values seconds) {}

  @Override
  public void draw(Svg svg, Box box) {
    Legend legend =
        new Legend(
            List.of(),
            curves.stream()
                .map(curve -> new Legend.Entry(curve.name(), curve.colour(), List.of()))
                .toList());
    Box plot = legend.draw(svg, box).inset(LABEL_WIDTH, TOP, RIGHT, LABEL_HEIGHT);
    Scale time = Scale.rounded(0, longest, plot.x(), plot.right(), 4);
    Scale shares = Scale.exact(0, 1, plot.bottom(), plot.y(), 2);
    Font font = Font.of(SIZE, Colour.WEAK);
    for (double share : shares.ticks()) {
      double y = shares.at(share);
      svg.line(plot.x(), y, plot.right(), y, Stroke.solid(Colour.GRID, 1));
      svg.text(plot.x() - 6, y + 3.5, Anchor.END, font, Math.round(share * 100) + "%");
    }
    for (double tick : time.ticks()) {
      double x = time.at(tick);
      svg.line(x, plot.y(), x, plot.bottom(), Stroke.solid(Colour.GRID, 0.6));
      svg.text(x, plot.bottom() + 16, Anchor.MIDDLE, font, seconds(tick));
    }
    for (Curve curve : curves) {
      svg.path(path(curve.seconds(), time, shares), Stroke.solid(curve.colour(), 2));
    }
  }

  private static Path path(Values seconds, Scale time, Scale shares) {
    Path path = new Path().move(time.within(seconds.get(0)), shares.at(0));
    for (int index = 0; index < seconds.size(); index++) {
      if (seconds.get(index) <= time.high()) {
        path.line(time.at(seconds.get(index)), shares.at((index + 0.5) / seconds.size()));
      }
    }
    return path;
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f", seconds).replaceAll("\\.?0+$", "") + " s";
  }
}
