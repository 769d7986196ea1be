package io.boxoffice.stress.plot.svg;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.stress.plot.chart.Legend;
import io.boxoffice.stress.plot.chart.TimeAxis;
import io.boxoffice.stress.plot.chart.TimeSeriesChart;
import io.boxoffice.stress.plot.data.Levels;
import io.boxoffice.stress.plot.data.Series;
import io.boxoffice.stress.plot.data.Values;
import java.util.List;
import org.junit.jupiter.api.Test;

class SvgTest {
  @Test
  void coloursFollowTheTheme() {
    assertThat(drawn(Theme.LIGHT)).contains(Colour.BLUE.light()).doesNotContain("var(");
    assertThat(drawn(Theme.DARK)).contains(Colour.BLUE.dark()).doesNotContain("var(");
    assertThat(drawn(Theme.READER)).contains("var(--blue)").contains("prefers-color-scheme:dark");
  }

  @Test
  void aGapInTheValuesIsAGapInTheLine() {
    String svg = drawn(Theme.LIGHT);
    String line =
        svg.lines().filter(path -> path.contains(Colour.BLUE.light())).findFirst().orElseThrow();
    assertThat(line.chars().filter(letter -> letter == 'M')).hasSize(2);
  }

  private static String drawn(Theme theme) {
    Svg svg = new Svg("title", theme);
    Values times = Values.of(0, 1, 2, 3, 4);
    new TimeSeriesChart(
            new TimeAxis(0, 4, List.of()),
            times,
            List.of(new Series("a", Colour.BLUE, Values.of(1, 2, Double.NaN, 3, 4), 0, false)),
            false,
            new Legend(List.of(), List.of()),
            new Levels(List.of()),
            Double.NaN,
            Double.NaN,
            false,
            Double::toString)
        .draw(svg, new Box(0, 0, 300, 200));
    return svg.document(300, 200);
  }
}
