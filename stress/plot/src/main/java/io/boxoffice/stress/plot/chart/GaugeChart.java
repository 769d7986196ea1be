package io.boxoffice.stress.plot.chart;

import io.boxoffice.stress.plot.data.Levels;
import io.boxoffice.stress.plot.data.Scale;
import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Path;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Texts;
import java.util.List;

/** Values on round dials between a low and a high end, with the levels around them. */
public record GaugeChart(List<Dial> dials, double low, double high, Levels levels)
    implements Chart {
  private static final double SWEEP = 240;

  /** One dial. */
  public record Dial(String name, double value, String text) {}

  @Override
  public void draw(Svg svg, Box box) {
    for (int index = 0; index < dials.size(); index++) {
      drawOne(svg, box.column(index, dials.size(), 8), dials.get(index));
    }
  }

  private void drawOne(Svg svg, Box box, Dial dial) {
    double nameHeight = dial.name().isEmpty() ? 0 : 16;
    Box place = box.inset(4, 4, 4, nameHeight + 2);
    double radius = Math.min(place.width() / 2, place.height() / 1.55);
    double x = place.centre();
    double y = place.y() + radius + Math.max(0, (place.height() - radius * 1.5) / 2);
    double width = radius * 0.2;
    Scale scale = new Scale(low, high, 0, 1, List.of());
    for (int index = 0; index < levels.levels().size(); index++) {
      Levels.Level level = levels.levels().get(index);
      double begin = scale.within(Math.max(low, level.from()));
      double end =
          index + 1 < levels.levels().size()
              ? scale.within(levels.levels().get(index + 1).from())
              : 1;
      if (end > begin) {
        svg.area(ring(x, y, radius, radius - 3, begin, end), level.colour(), 1);
      }
    }
    double inner = radius - 5;
    svg.area(ring(x, y, inner, inner - width, 0, 1), Colour.GRID, 1);
    Colour colour = levels.colourOf(dial.value());
    double share = scale.within(dial.value());
    if (share > 0.001) {
      svg.area(ring(x, y, inner, inner - width, 0, share), colour, 1);
    }
    double size = Math.min(26, (inner - width) * 1.7 / Texts.boldWidth(dial.text(), 1));
    svg.text(x, y + size * 0.3, Anchor.MIDDLE, Font.bold(size, colour), dial.text());
    if (!dial.name().isEmpty()) {
      svg.text(
          x,
          box.bottom() - 4,
          Anchor.MIDDLE,
          Font.of(11, Colour.WEAK),
          Texts.fit(dial.name(), 11, box.width()));
    }
  }

  private static Path ring(
      double x, double y, double outer, double inner, double begin, double end) {
    Path path = new Path();
    int steps = Math.max(2, (int) ((end - begin) * 60));
    for (int step = 0; step <= steps; step++) {
      double angle = angle(begin + (end - begin) * step / steps);
      path = to(path, x + outer * Math.cos(angle), y + outer * Math.sin(angle));
    }
    for (int step = steps; step >= 0; step--) {
      double angle = angle(begin + (end - begin) * step / steps);
      path = to(path, x + inner * Math.cos(angle), y + inner * Math.sin(angle));
    }
    return path.close();
  }

  private static Path to(Path path, double x, double y) {
    return path.isEmpty() ? path.move(x, y) : path.line(x, y);
  }

  private static double angle(double share) {
    return Math.toRadians(90 + (360 - SWEEP) / 2 + SWEEP * share);
  }
}
