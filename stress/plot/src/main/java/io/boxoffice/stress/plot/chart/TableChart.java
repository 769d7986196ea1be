package io.boxoffice.stress.plot.chart;

import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Svg.Stroke;
import io.boxoffice.stress.plot.svg.Texts;
import java.util.List;

/** As many rows of cells as fit into the box. */
public record TableChart(List<String> heads, List<List<Cell>> rows) implements Chart {
  private static final double LINE = 24;
  private static final double SIZE = 12;

  /** A cell; numbers stand on the right. */
  public record Cell(String text, boolean number, Colour colour) {}

  @Override
  public void draw(Svg svg, Box box) {
    double[] widths = widths(box.width());
    int room = Math.max(1, (int) ((box.height() - LINE) / LINE));
    int shown = rows.size() <= room ? rows.size() : room - 1;
    double x = box.x();
    for (int column = 0; column < heads.size(); column++) {
      boolean right = !rows.isEmpty() && rows.get(0).get(column).number();
      cell(
          svg,
          new Box(x, box.y(), widths[column], LINE),
          right,
          Font.bold(11, Colour.WEAK),
          heads.get(column));
      x += widths[column];
    }
    double y = box.y() + LINE;
    for (List<Cell> row : rows.subList(0, shown)) {
      svg.line(box.x(), y, box.right(), y, Stroke.solid(Colour.GRID, 1));
      x = box.x();
      for (int column = 0; column < row.size(); column++) {
        Cell cell = row.get(column);
        cell(
            svg,
            new Box(x, y, widths[column], LINE),
            cell.number(),
            Font.of(SIZE, cell.colour()),
            cell.text());
        x += widths[column];
      }
      y += LINE;
    }
    if (shown < rows.size()) {
      svg.text(
          box.x() + 6,
          y + LINE * 0.68,
          Anchor.START,
          Font.of(11, Colour.WEAK),
          "and %d more rows".formatted(rows.size() - shown));
    }
  }

  private static void cell(Svg svg, Box box, boolean right, Font font, String text) {
    svg.text(
        right ? box.right() - 6 : box.x() + 6,
        box.y() + LINE * 0.68,
        right ? Anchor.END : Anchor.START,
        font,
        Texts.fit(text, font.size(), box.width() - 12));
  }

  /**
   * The width of each column: the width that it needs, plus or minus an equal share of the
   * difference to the box.
   */
  private double[] widths(double room) {
    double[] widths = new double[heads.size()];
    double sum = 0;
    for (int column = 0; column < widths.length; column++) {
      widths[column] = Texts.boldWidth(heads.get(column), 11) + 14;
      for (List<Cell> row : rows) {
        widths[column] = Math.max(widths[column], Texts.width(row.get(column).text(), SIZE) + 14);
      }
      sum += widths[column];
    }
    for (int column = 0; column < widths.length; column++) {
      widths[column] =
          sum > room ? widths[column] * room / sum : widths[column] + (room - sum) / widths.length;
    }
    return widths;
  }
}
