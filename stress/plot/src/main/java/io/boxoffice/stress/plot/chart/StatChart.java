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
import io.boxoffice.stress.plot.svg.Texts;
import java.util.List;

/** One large figure or several, each with its earlier values if those are known. */
public record StatChart(List<Figure> figures) implements Chart {
  private static final double LARGEST = 34;

  /**
   * A figure.
   *
   * @param name shown above it; empty for none
   * @param filled whether its colour fills the box, rather than the text
   * @param way its values over time; empty for none
   */
  public record Figure(String name, String text, Colour colour, boolean filled, Values way) {}

  @Override
  public void draw(Svg svg, Box box) {
    double widest =
        figures.stream().mapToDouble(figure -> Texts.boldWidth(figure.text(), 1)).max().orElse(1);
    boolean columns = box.width() / figures.size() > 70;
    double room = columns ? box.width() / figures.size() - 12 : box.width() - 12;
    double size = Math.min(Math.min(LARGEST, room / widest), box.height() * 0.6);
    for (int index = 0; index < figures.size(); index++) {
      Box place =
          columns ? box.column(index, figures.size(), 6) : box.row(index, figures.size(), 4);
      drawOne(svg, place, figures.get(index), size);
    }
  }

  private static void drawOne(Svg svg, Box box, Figure figure, double size) {
    if (figure.filled()) {
      svg.rect(box, figure.colour(), 0.9, 4);
    }
    if (figure.way().size() > 1) {
      sparkline(svg, box, figure);
    }
    Colour text = figure.filled() ? Colour.PANEL : figure.colour();
    boolean named = !figure.name().isEmpty();
    double middle = box.middle() - (figure.way().size() > 1 ? box.height() * 0.12 : 0);
    double y = middle + size * 0.36 + (named ? 8 : 0);
    if (named) {
      svg.text(
          box.centre(),
          y - size * 0.95,
          Anchor.MIDDLE,
          Font.of(11, figure.filled() ? Colour.PANEL : Colour.WEAK),
          Texts.fit(figure.name(), 11, box.width()));
    }
    svg.text(box.centre(), y, Anchor.MIDDLE, Font.bold(size, text), figure.text());
  }

  private static void sparkline(Svg svg, Box box, Figure figure) {
    Values way = figure.way();
    double low = Math.min(0, way.statistics().getMin());
    double high = Math.max(0, way.statistics().getMax());
    Box place = box.inset(0, box.height() * 0.68, 0, 2);
    Scale values =
        new Scale(low, high > low ? high : low + 1, place.bottom(), place.y(), List.of());
    Path line = new Path();
    Path area = new Path().move(place.x(), place.bottom());
    double last = place.x();
    for (int index = 0; index < way.size(); index++) {
      double x = place.x() + place.width() * index / (way.size() - 1);
      if (way.has(index)) {
        double y = values.at(way.get(index));
        if (line.isEmpty()) {
          line.move(x, y);
          area.line(x, place.bottom());
        }
        line.line(x, y);
        area.line(x, y);
        last = x;
      }
    }
    Colour colour = figure.filled() ? Colour.PANEL : figure.colour();
    svg.area(area.line(last, place.bottom()).close(), colour, 0.15);
    svg.path(line, Stroke.solid(colour, 1.2));
  }
}
