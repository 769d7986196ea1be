package io.boxoffice.stress.plot.chart;

import io.boxoffice.stress.plot.data.Scale;
import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Path;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Svg.Stroke;
import io.boxoffice.stress.plot.svg.Texts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The time from left to right, in UTC, with marks where something happened.
 *
 * @param from the first instant, in seconds since 1970
 * @param to the last
 */
public record TimeAxis(double from, double to, List<Mark> marks) {
  static final double HEIGHT = 20;
  private static final double SECONDS_SHOWN_BELOW = 600;

  /** Something that happened. */
  public record Mark(double at, Colour colour, String text) {}

  /** Draws the axis along the lower edge; gives the rest of the box above it. */
  Box draw(Svg svg, Box box) {
    Box plot = box.inset(0, 0, 0, HEIGHT);
    Scale scale = scale(plot);
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern(
                to - from < SECONDS_SHOWN_BELOW ? "HH:mm:ss" : "HH:mm", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    for (double tick : scale.ticks()) {
      double x = scale.at(tick);
      svg.line(x, plot.y(), x, plot.bottom(), Stroke.solid(Colour.GRID, 0.6));
      String text = format.format(Instant.ofEpochSecond((long) tick));
      double half = Texts.width(text, 10) / 2;
      if (x - half >= plot.x() - 8 && x + half <= plot.right() + 4) {
        svg.text(x, box.bottom() - 5, Anchor.MIDDLE, Font.of(10, Colour.WEAK), text);
      }
    }
    return plot;
  }

  /** Draws the marks over a plot. */
  void drawMarks(Svg svg, Box plot) {
    Scale scale = scale(plot);
    for (Mark mark : marks) {
      if (mark.at() >= from && mark.at() <= to) {
        double x = scale.at(mark.at());
        svg.line(x, plot.y(), x, plot.bottom(), Stroke.dashed(mark.colour(), 1));
        svg.area(
            new Path()
                .move(x - 4, plot.bottom() + 5)
                .line(x + 4, plot.bottom() + 5)
                .line(x, plot.bottom())
                .close(),
            mark.colour(),
            1);
      }
    }
  }

  Scale scale(Box plot) {
    return Scale.time(from, to, plot.x(), plot.right(), Math.max(2, (int) (plot.width() / 75)));
  }
}
