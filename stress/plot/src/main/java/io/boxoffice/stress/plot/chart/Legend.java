package io.boxoffice.stress.plot.chart;

import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Texts;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the colours of a plot mean: names one after the other, or a table with figures of each.
 *
 * @param heads the figures' names; empty for a plain list
 */
public record Legend(List<String> heads, List<Entry> entries) {
  private static final double LINE = 17;
  private static final double SIZE = 11;
  private static final int MOST_LINES = 6;
  private static final double GAP = 14;
  private static final double MARK = 14;

  /** A name and its figures, in the order of the heads. */
  public record Entry(String name, Colour colour, List<String> figures) {}

  /** Draws it along the lower edge; gives the rest of the box above it. */
  Box draw(Svg svg, Box box) {
    return heads.isEmpty() ? list(svg, box) : table(svg, box);
  }

  private Box list(Svg svg, Box box) {
    double x = box.x();
    int line = 0;
    double[] places = new double[entries.size()];
    int[] lines = new int[entries.size()];
    for (int index = 0; index < entries.size(); index++) {
      double width = MARK + Texts.width(entries.get(index).name(), SIZE) + GAP;
      if (x + width - GAP > box.right() && x > box.x()) {
        x = box.x();
        line++;
      }
      places[index] = x;
      lines[index] = line;
      x += width;
    }
    int count = Math.min(line + 1, MOST_LINES);
    Box above = box.inset(0, 0, 0, count * LINE + 2);
    for (int index = 0; index < entries.size(); index++) {
      if (lines[index] < count) {
        entry(
            svg,
            places[index],
            above.bottom() + 2 + (lines[index] + 1) * LINE - 5,
            entries.get(index),
            box.right() - places[index] - MARK);
      }
    }
    return above;
  }

  private Box table(Svg svg, Box box) {
    int rows = Math.min(entries.size(), MOST_LINES);
    boolean more = entries.size() > rows;
    Box above = box.inset(0, 0, 0, (rows + (more ? 2 : 1)) * LINE + 4);
    double[] right = new double[heads.size()];
    double end = box.right();
    for (int column = heads.size() - 1; column >= 0; column--) {
      int at = column;
      right[column] = end;
      end -=
          IntStream.range(0, rows)
                  .mapToDouble(row -> Texts.width(entries.get(row).figures().get(at), SIZE))
                  .reduce(Texts.width(heads.get(column), SIZE), Math::max)
              + GAP;
    }
    double y = above.bottom() + LINE - 2;
    for (int column = 0; column < heads.size(); column++) {
      svg.text(right[column], y, Anchor.END, Font.of(10, Colour.WEAK), heads.get(column));
    }
    for (Entry entry : entries.subList(0, rows)) {
      y += LINE;
      entry(svg, box.x(), y, entry, end - box.x() - MARK);
      for (int column = 0; column < heads.size(); column++) {
        svg.text(
            right[column], y, Anchor.END, Font.of(SIZE, Colour.TEXT), entry.figures().get(column));
      }
    }
    if (more) {
      svg.text(
          box.x() + MARK,
          y + LINE,
          Anchor.START,
          Font.of(SIZE, Colour.WEAK),
          "and %d more".formatted(entries.size() - rows));
    }
    return above;
  }

  private static void entry(Svg svg, double x, double y, Entry entry, double room) {
    svg.rect(new Box(x, y - 6, 10, 3), entry.colour(), 1, 1.5);
    svg.text(
        x + MARK, y, Anchor.START, Font.of(SIZE, Colour.TEXT), Texts.fit(entry.name(), SIZE, room));
  }
}
