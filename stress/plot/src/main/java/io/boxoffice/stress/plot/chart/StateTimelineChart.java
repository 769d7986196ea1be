package io.boxoffice.stress.plot.chart;

import io.boxoffice.stress.plot.data.Scale;
import io.boxoffice.stress.plot.data.Values;
import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Texts;
import java.util.List;
import java.util.Objects;

/** The states of several things over time. */
public record StateTimelineChart(TimeAxis axis, Values times, List<Row> rows) implements Chart {
  private static final double TALLEST_ROW = 30;

  /** One thing, with its state at each instant, null where there is none. */
  public record Row(String name, List<State> states) {}

  /** A state in words. */
  public record State(String text, Colour colour) {}

  @Override
  public void draw(Svg svg, Box box) {
    double names =
        Math.min(
            box.width() * 0.35,
            rows.stream().mapToDouble(row -> Texts.width(row.name(), 11)).max().orElse(0) + 10);
    Box plot = axis.draw(svg, box.inset(names, 2, 4, 0));
    double height = Math.min(TALLEST_ROW, plot.height() / Math.max(1, rows.size()));
    for (int index = 0; index < rows.size(); index++) {
      Box place = new Box(plot.x(), plot.y() + index * height, plot.width(), height);
      Row row = rows.get(index);
      svg.text(
          plot.x() - 6,
          place.middle() + 4,
          Anchor.END,
          Font.of(11, Colour.TEXT),
          Texts.fit(row.name(), 11, names - 8));
      drawRow(svg, place.inset(0, 2, 0, 2), row.states());
    }
    axis.drawMarks(svg, plot);
  }

  private void drawRow(Svg svg, Box box, List<State> states) {
    Scale time = axis.scale(box);
    double step = times.size() > 1 ? times.get(1) - times.get(0) : axis.to() - axis.from();
    int begin = 0;
    for (int index = 1; index <= states.size(); index++) {
      if (index == states.size() || !Objects.equals(states.get(index), states.get(begin))) {
        State state = states.get(begin);
        if (state != null) {
          double left = time.within(times.get(begin));
          double right = time.within(times.get(index - 1) + step);
          Box span = new Box(left, box.y(), right - left, box.height());
          svg.rect(span, state.colour(), 0.85, 2);
          String text = Texts.fit(state.text(), 11, span.width() - 8);
          if (!text.equals("…") && !text.isEmpty() && box.height() >= 13) {
            svg.text(
                span.x() + 5, span.middle() + 4, Anchor.START, Font.of(11, Colour.PANEL), text);
          }
        }
        begin = index;
      }
    }
  }
}
