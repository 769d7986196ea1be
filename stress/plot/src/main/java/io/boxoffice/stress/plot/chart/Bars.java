package io.boxoffice.stress.plot.chart;

import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Texts;
import java.util.List;

/** Horizontal bars below one another on one scale, each with its name and its value in words. */
public record Bars(List<Bar> bars, double highest, double nameWidth, double valueWidth)
    implements Chart {
  private static final double TALLEST_ROW = 30;

  /** One bar. */
  public record Bar(String name, double value, String text, Colour colour) {}

  /** Bars with as much space for names and values as they need. */
  public static Bars of(List<Bar> bars, double highest, double width) {
    double names = bars.stream().mapToDouble(bar -> Texts.width(bar.name(), 13)).max().orElse(0);
    double values = bars.stream().mapToDouble(bar -> Texts.width(bar.text(), 13)).max().orElse(0);
    return new Bars(bars, highest, Math.min(names + 12, width * 0.45), values + 14);
  }

  @Override
  public void draw(Svg svg, Box box) {
    double row = Math.min(TALLEST_ROW, box.height() / Math.max(1, bars.size()));
    double size = Math.min(13, row * 0.55);
    double top = box.y() + Math.max(0, (box.height() - row * bars.size()) / 2);
    for (int index = 0; index < bars.size(); index++) {
      Bar bar = bars.get(index);
      double y = top + index * row;
      double x = box.x() + nameWidth;
      double room = box.width() - nameWidth - valueWidth;
      double share = highest > 0 ? Math.max(0, Math.min(1, bar.value() / highest)) : 0;
      double base = y + row / 2 + size * 0.36;
      svg.text(
          x - 10,
          base,
          Anchor.END,
          Font.of(size, Colour.TEXT),
          Texts.fit(bar.name(), size, nameWidth - 10));
      svg.rect(new Box(x, y + row * 0.2, room, row * 0.6), Colour.GRID, 0.6, 2);
      svg.rect(new Box(x, y + row * 0.2, room * share, row * 0.6), bar.colour(), 1, 2);
      svg.text(x + room + 8, base, Anchor.START, Font.of(size, Colour.TEXT), bar.text());
    }
  }
}
