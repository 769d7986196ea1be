package io.boxoffice.stress.plot.chart;

import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Theme;
import java.util.List;
import java.util.Locale;

/** A complete picture with groups of rates, as bars on one scale. */
public final class BarPlot {
  private static final double WIDTH = 760;
  private static final double NAME_WIDTH = 300;
  private static final double VALUE_WIDTH = 90;
  private static final double ROW_HEIGHT = 26;
  private static final double TITLE_HEIGHT = 34;
  private static final double GAP_HEIGHT = 24;

  /** A rate per second. */
  public record Rate(String name, double perSecond) {}

  /** Rates that belong together under a heading of their own. */
  public record Group(String heading, List<Rate> rates) {}

  private BarPlot() {}

  /** Draws groups of bars, one below the other. */
  public static String draw(String title, List<Group> groups) {
    Svg svg = new Svg(title, Theme.READER);
    svg.text(0, 18, Anchor.START, Font.bold(15, Colour.TEXT), title);
    double highest =
        groups.stream()
            .flatMap(group -> group.rates().stream())
            .mapToDouble(Rate::perSecond)
            .max()
            .orElse(0);
    double y = TITLE_HEIGHT;
    for (Group group : groups) {
      y += GAP_HEIGHT;
      svg.text(0, y - 6, Anchor.START, Font.bold(13, Colour.TEXT), group.heading());
      double height = group.rates().size() * ROW_HEIGHT;
      new Bars(group.rates().stream().map(BarPlot::bar).toList(), highest, NAME_WIDTH, VALUE_WIDTH)
          .draw(svg, new Box(0, y, WIDTH, height));
      y += height;
    }
    return svg.document(WIDTH, y + 6);
  }

  private static Bars.Bar bar(Rate rate) {
    return new Bars.Bar(
        rate.name(),
        rate.perSecond(),
        String.format(Locale.ROOT, "%,.0f/s", rate.perSecond()),
        Colour.BLUE);
  }
}
