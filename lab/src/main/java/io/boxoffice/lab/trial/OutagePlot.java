package io.boxoffice.lab.trial;

import io.boxoffice.stress.plot.chart.Bars;
import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Theme;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Outages by fault as a picture, with what was lost or oversold in words. */
public final class OutagePlot {
  private static final double WIDTH = 760;
  private static final double NAME_WIDTH = 90;
  private static final double VALUE_WIDTH = 70;
  private static final double ROW_HEIGHT = 20;
  private static final double HEAD_HEIGHT = 46;
  private static final double GAP_HEIGHT = 28;

  private OutagePlot() {}

  /** Draws at least one result; all are of one topology and configuration. */
  public static String draw(List<TrialResult> results) {
    TrialResult first = results.get(0);
    String title =
        "Outages: %s, configuration %s".formatted(first.topology(), first.configuration());
    Svg svg = new Svg(title, Theme.READER);
    svg.text(0, 18, Anchor.START, Font.bold(15, Colour.TEXT), title);
    svg.text(0, 38, Anchor.START, Font.of(13, Colour.TEXT), "In all: %s.".formatted(harm(results)));
    Map<String, List<TrialResult>> faults = TrialReport.byFault(results);
    double highest =
        faults.values().stream().mapToDouble(one -> OutageRange.of(one).longest()).max().orElse(0);
    double y = HEAD_HEIGHT;
    for (Map.Entry<String, List<TrialResult>> fault : faults.entrySet()) {
      List<TrialResult> repeats = fault.getValue();
      y += GAP_HEIGHT;
      svg.text(
          0, y - 6, Anchor.START, Font.bold(13, Colour.TEXT), heading(fault.getKey(), repeats));
      List<Bars.Bar> bars = bars(repeats);
      double height = bars.size() * ROW_HEIGHT;
      new Bars(bars, highest, NAME_WIDTH, VALUE_WIDTH).draw(svg, new Box(0, y, WIDTH, height));
      y += height;
    }
    return svg.document(WIDTH, y + 6);
  }

  private static String heading(String fault, List<TrialResult> repeats) {
    return "%s, %s: %s".formatted(fault, count(repeats.size(), "trial"), harm(repeats));
  }

  /** A single trial has one outage. */
  private static List<Bars.Bar> bars(List<TrialResult> repeats) {
    OutageRange range = OutageRange.of(repeats);
    if (repeats.size() == 1) {
      return List.of(bar("outage", range.median(), Colour.BLUE));
    }
    return List.of(
        bar("shortest", range.shortest(), Colour.GREEN),
        bar("median", range.median(), Colour.BLUE),
        bar("longest", range.longest(), Colour.ORANGE));
  }

  private static Bars.Bar bar(String name, double seconds, Colour colour) {
    return new Bars.Bar(name, seconds, String.format(Locale.ROOT, "%.1f s", seconds), colour);
  }

  /** What was lost and oversold, in words. */
  private static String harm(List<TrialResult> results) {
    long lost = results.stream().mapToLong(TrialResult::lost).sum();
    long oversold = results.stream().mapToLong(TrialResult::oversold).sum();
    if (lost == 0 && oversold == 0) {
      return "nothing lost, nothing oversold";
    }
    return "%s lost, %s oversold"
        .formatted(count(lost, "acknowledged purchase"), count(oversold, "ticket"));
  }

  private static String count(long number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }
}
