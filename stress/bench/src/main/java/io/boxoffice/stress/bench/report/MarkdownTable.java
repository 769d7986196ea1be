package io.boxoffice.stress.bench.report;

import java.util.List;

/** Writes a table in Markdown with columns of one width, so that a terminal can show it too. */
public final class MarkdownTable {
  private MarkdownTable() {}

  /** Appends one; the cells of the first column begin on the left, all others end on the right. */
  public static void append(StringBuilder text, List<String> head, List<List<String>> rows) {
    int[] widths = new int[head.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = head.get(column).length();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    line(text, head, widths);
    text.append('|');
    for (int column = 0; column < widths.length; column++) {
      text.append(" ")
          .append("-".repeat(widths[column] - (column == 0 ? 0 : 1)))
          .append(column == 0 ? " |" : ": |");
    }
    text.append('\n');
    rows.forEach(row -> line(text, row, widths));
  }

  private static void line(StringBuilder text, List<String> cells, int[] widths) {
    text.append('|');
    for (int column = 0; column < widths.length; column++) {
      String padding = " ".repeat(widths[column] - cells.get(column).length());
      text.append(' ')
          .append(column == 0 ? cells.get(column) + padding : padding + cells.get(column))
          .append(" |");
    }
    text.append('\n');
  }
}
