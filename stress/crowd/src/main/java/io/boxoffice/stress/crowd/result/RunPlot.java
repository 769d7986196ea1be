package io.boxoffice.stress.crowd.result;

import io.boxoffice.stress.crowd.record.Kind;
import io.boxoffice.stress.crowd.record.Outcome;
import io.boxoffice.stress.crowd.record.Recorder;
import io.boxoffice.stress.crowd.record.RequestCounts;
import io.boxoffice.stress.plot.chart.Legend;
import io.boxoffice.stress.plot.chart.TimeAxis;
import io.boxoffice.stress.plot.chart.TimeSeriesChart;
import io.boxoffice.stress.plot.data.Levels;
import io.boxoffice.stress.plot.data.Series;
import io.boxoffice.stress.plot.data.Values;
import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Theme;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A run as a picture: the outcomes and latencies of the requests of each second. */
public final class RunPlot {
  private static final double WIDTH = 900;
  private static final double HEIGHT = 640;
  private static final double MARGIN = 16;
  private static final double HEAD = 48;
  private static final double TITLE = 28;
  private static final double GAP = 12;
  private static final Map<Outcome, Colour> COLOURS = new EnumMap<>(Outcome.class);

  static {
    COLOURS.put(Outcome.OK, Colour.BLUE);
    COLOURS.put(Outcome.SOLD, Colour.GREEN);
    COLOURS.put(Outcome.SOLD_OUT, Colour.YELLOW);
    // Purple is the colour of the simulation, here and on the dashboards.
    COLOURS.put(Outcome.DENIED, Colour.PURPLE);
    COLOURS.put(Outcome.DECLINED, Colour.TEAL);
    COLOURS.put(Outcome.GAVE_UP, Colour.BROWN);
    COLOURS.put(Outcome.OVERLOADED, Colour.ORANGE);
    COLOURS.put(Outcome.LOST, Colour.PINK);
    COLOURS.put(Outcome.FAILED, Colour.RED);
  }

  private final Recorder recorder;
  private final List<RequestCounts> seconds;
  private final Values times;
  private final TimeAxis axis;

  private RunPlot(Recorder recorder) {
    this.recorder = recorder;
    int length = Math.max(2, recorder.length());
    double from = recorder.began().toEpochMilli() / 1000.0;
    this.seconds =
        IntStream.range(0, length)
            .mapToObj(second -> recorder.between(second, second + 1))
            .toList();
    this.times = Values.of(IntStream.range(0, length).mapToDouble(at -> from + at).toArray());
    this.axis = new TimeAxis(from, from + length - 1, List.of());
  }

  /** Draws a run, in colours that follow the reader's page. */
  public static String draw(String title, Recorder recorder) {
    return new RunPlot(recorder).drawAll(title);
  }

  private String drawAll(String title) {
    Svg svg = new Svg(title, Theme.READER);
    Box page = new Box(0, 0, WIDTH, HEIGHT);
    svg.rect(page, Colour.PAGE, 1, 0);
    svg.text(MARGIN, 30, Anchor.START, Font.bold(18, Colour.TEXT), title);
    svg.text(
        WIDTH - MARGIN,
        30,
        Anchor.END,
        Font.of(12, Colour.WEAK),
        Instant.ofEpochSecond((long) axis.from()).toString());
    Box panels = page.inset(MARGIN, HEAD, MARGIN, MARGIN);
    panel(svg, panels.row(0, 2, GAP), "Requests per second, by outcome", outcomes());
    panel(svg, panels.row(1, 2, GAP), "Time to the answer", latencies());
    return svg.document(WIDTH, HEIGHT);
  }

  private static void panel(Svg svg, Box place, String title, TimeSeriesChart chart) {
    svg.frame(place, Colour.PANEL, Colour.BORDER, 4);
    svg.text(place.x() + 12, place.y() + 20, Anchor.START, Font.bold(13, Colour.TEXT), title);
    chart.draw(svg, place.inset(12, TITLE, 12, 8));
  }

  private TimeSeriesChart outcomes() {
    List<Series> lines = new ArrayList<>();
    RequestCounts total = recorder.total();
    COLOURS.forEach(
        (outcome, colour) -> {
          if (total.count(outcome) > 0) {
            lines.add(
                new Series(
                    outcome.id().replace('_', ' '),
                    colour,
                    values(tally -> tally.count(outcome)),
                    0.35,
                    false));
          }
        });
    return chart(lines, true, value -> String.format(Locale.ROOT, "%,.0f", value));
  }

  private TimeSeriesChart latencies() {
    List<Series> lines = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (!Double.isNaN(recorder.total().percentile(kind, 50))) {
        Colour colour = colour(kind);
        String name = kind.plural();
        lines.add(
            new Series(
                name + ", p99", colour, values(tally -> tally.percentile(kind, 99)), 0, false));
        lines.add(
            new Series(
                name + ", p50", colour, values(tally -> tally.percentile(kind, 50)), 0, true));
      }
    }
    return chart(
        lines,
        false,
        value ->
            value < 1_000
                ? String.format(Locale.ROOT, "%.0f ms", value)
                : String.format(Locale.ROOT, "%.1f s", value / 1_000));
  }

  private static Colour colour(Kind kind) {
    return switch (kind) {
      case READ -> Colour.BLUE;
      case BUY -> Colour.GREEN;
      case PAY -> Colour.ORANGE;
    };
  }

  private Values values(ToDoubleFunction<RequestCounts> figure) {
    return Values.of(seconds.stream().mapToDouble(figure).toArray());
  }

  private TimeSeriesChart chart(
      List<Series> lines, boolean stacked, DoubleFunction<String> format) {
    List<Legend.Entry> entries =
        lines.stream()
            .map(line -> new Legend.Entry(line.name(), line.colour(), List.of()))
            .toList();
    return new TimeSeriesChart(
        axis,
        times,
        lines,
        stacked,
        new Legend(List.of(), entries),
        new Levels(List.of()),
        0,
        Double.NaN,
        false,
        format);
  }
}
