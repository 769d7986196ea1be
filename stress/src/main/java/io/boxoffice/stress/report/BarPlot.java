package io.boxoffice.stress.report;

import java.util.List;
import java.util.Locale;

/**
 * Draws rates as bars in an SVG that reads on a light page and on a dark one: it has no background
 * of its own, and its colours follow the reader's scheme.
 */
public final class BarPlot {
  private static final int WIDTH = 760;
  private static final int LABEL_WIDTH = 300;
  private static final int VALUE_WIDTH = 90;
  private static final int ROW_HEIGHT = 26;
  private static final int BAR_HEIGHT = 16;
  private static final int TITLE_HEIGHT = 34;
  private static final int GAP_HEIGHT = 24;

  /** One bar. */
  public record Bar(String label, double value) {}

  /** Bars that belong together under a heading of their own. */
  public record Group(String heading, List<Bar> bars) {}

  private BarPlot() {}

  /** The rates of every section, on one scale. */
  public static String of(Report report, String title) {
    return draw(
        title,
        report.sections().stream()
            .map(
                section ->
                    new Group(
                        section.title(),
                        section.rows().stream()
                            .map(row -> new Bar(row, section.median(row).rate()))
                            .toList()))
            .toList());
  }

  /** Draws groups of bars, one below the other, on one scale. */
  public static String draw(String title, List<Group> groups) {
    double highest =
        groups.stream()
            .flatMap(group -> group.bars().stream())
            .mapToDouble(Bar::value)
            .max()
            .orElse(0);
    StringBuilder shapes = new StringBuilder();
    int y = TITLE_HEIGHT;
    for (Group group : groups) {
      y += GAP_HEIGHT;
      text(shapes, "h", 0, y - 6, "start", group.heading());
      for (Bar bar : group.bars()) {
        row(shapes, y, bar, highest);
        y += ROW_HEIGHT;
      }
    }
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="system-ui, sans-serif" font-size="13">
        <title>%s</title>
        <style>
        text { fill: #24292f } .h { font-weight: 600 } .t { font-weight: 600; font-size: 15px }
        rect { fill: #2f6fb5 }
        @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } rect { fill: #6ea8e0 } }
        </style>
        <text class="t" x="0" y="18">%s</text>
        %s</svg>
        """
        .formatted(WIDTH, y + 6, escape(title), escape(title), shapes);
  }

  private static void row(StringBuilder shapes, int y, Bar bar, double highest) {
    int middle = y + ROW_HEIGHT / 2 + 5;
    text(shapes, "l", LABEL_WIDTH - 10, middle, "end", bar.label());
    double length = highest > 0 ? (WIDTH - LABEL_WIDTH - VALUE_WIDTH) * bar.value() / highest : 0;
    shapes.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
            LABEL_WIDTH,
            y + (ROW_HEIGHT - BAR_HEIGHT) / 2,
            length,
            BAR_HEIGHT));
    String value = String.format(Locale.ROOT, "%,.0f/s", bar.value());
    text(shapes, "v", (int) (LABEL_WIDTH + length + 8), middle, "start", value);
  }

  private static void text(
      StringBuilder shapes, String style, int x, int y, String anchor, String text) {
    shapes.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
            style,
            x,
            y,
            anchor,
            escape(text)));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
