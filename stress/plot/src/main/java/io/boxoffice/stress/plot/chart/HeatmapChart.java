package io.boxoffice.stress.plot.chart;

import io.boxoffice.stress.plot.data.Values;
import io.boxoffice.stress.plot.svg.Box;
import io.boxoffice.stress.plot.svg.Colour;
import io.boxoffice.stress.plot.svg.Svg;
import io.boxoffice.stress.plot.svg.Svg.Anchor;
import io.boxoffice.stress.plot.svg.Svg.Font;
import io.boxoffice.stress.plot.svg.Texts;
import java.util.List;

/**
 * How often values fell into each bucket, over time; the more, the stronger the colour.
 *
 * @param bounds the upper bound of each bucket in words, the lowest first
 * @param counts for each bucket, for each instant
 */
public record HeatmapChart(TimeAxis axis, List<String> bounds, List<Values> counts, Colour colour)
    implements Chart {
  private static final double LABEL_HEIGHT = 13;

  @Override
  public void draw(Svg svg, Box box) {
    double labels =
        bounds.stream().mapToDouble(bound -> Texts.width(bound, 10)).max().orElse(0) + 10;
    Box plot = axis.draw(svg, box.inset(labels, 4, 4, 0));
    double highest = 0;
    for (Values bucket : counts) {
      highest = Math.max(highest, bucket.statistics().getMax());
    }
    int every = (int) Math.ceil(LABEL_HEIGHT * counts.size() / plot.height());
    for (int bucket = 0; bucket < counts.size(); bucket++) {
      Box row = plot.row(counts.size() - 1 - bucket, counts.size(), 1);
      if (bucket % every == 0) {
        svg.text(
            plot.x() - 6,
            row.middle() + 3.5,
            Anchor.END,
            Font.of(10, Colour.WEAK),
            bounds.get(bucket));
      }
      drawRow(svg, row, counts.get(bucket), highest);
    }
    axis.drawMarks(svg, plot);
  }

  private void drawRow(Svg svg, Box row, Values bucket, double highest) {
    for (int index = 0; index < bucket.size(); index++) {
      if (bucket.get(index) > 0) {
        // The square root keeps a few slow requests visible beside many fast ones.
        svg.rect(
            row.column(index, bucket.size(), 0.5),
            colour,
            0.12 + 0.88 * Math.sqrt(bucket.get(index) / highest),
            0);
      }
    }
  }
}
