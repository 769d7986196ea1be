package io.boxoffice.grafana.preview;

import io.boxoffice.grafana.dashboard.Dashboards;
import io.boxoffice.grafana.dashboard.Field;
import io.boxoffice.grafana.dashboard.Panel;
import io.boxoffice.grafana.dashboard.PanelOptions;
import io.boxoffice.stress.plot.chart.Bars;
import io.boxoffice.stress.plot.chart.Chart;
import io.boxoffice.stress.plot.chart.GaugeChart;
import io.boxoffice.stress.plot.chart.StatChart;
import io.boxoffice.stress.plot.chart.TimeAxis;
import io.boxoffice.stress.plot.data.Values;
import io.boxoffice.stress.plot.svg.Colour;
import java.util.ArrayList;
import java.util.List;

/** Turns a panel and its data into a chart. */
final class Charts {
  private Charts() {}

  static Chart of(Panel panel, PanelData data, TimeAxis axis) {
    return switch (panel.kind()) {
      case ROW -> throw new IllegalArgumentException("a row shows nothing");
      case TIME_SERIES -> TimeCharts.timeSeries(panel, data, axis);
      case HEATMAP -> TimeCharts.heatmap(panel, data, axis);
      case STATE_TIMELINE -> TimeCharts.stateTimeline(panel, data, axis);
      case STAT -> stat(panel, data);
      case GAUGE -> gauge(panel, data);
      case BAR_GAUGE -> barGauge(panel, data);
      case TABLE -> Tables.table(panel, data);
    };
  }

  private static Chart stat(Panel panel, PanelData data) {
    PanelOptions.Stat options = Dashboards.options(panel, PanelOptions.Stat.class);
    boolean named = options.textMode().equals("value_and_name") || data.frames().size() > 1;
    List<StatChart.Figure> figures = new ArrayList<>();
    for (PanelData.Frame frame : data.frames()) {
      Field field = Dashboards.field(panel, frame.name(), frame.refId());
      double value = reduce(frame.values(), options.reduceOptions());
      boolean nameOnly = options.textMode().equals("name");
      figures.add(
          new StatChart.Figure(
              named && !nameOnly ? name(field, frame) : "",
              nameOnly ? name(field, frame) : field.format(value),
              colour(field, value, figures.size()),
              options.colorMode().equals("background"),
              options.graphMode().equals("area") ? frame.values() : Values.of()));
    }
    return new StatChart(figures);
  }

  private static Chart gauge(Panel panel, PanelData data) {
    PanelOptions.Gauge options = Dashboards.options(panel, PanelOptions.Gauge.class);
    List<GaugeChart.Dial> dials = new ArrayList<>();
    Field plain = Dashboards.field(panel, "", "");
    for (PanelData.Frame frame : data.frames()) {
      Field field = Dashboards.field(panel, frame.name(), frame.refId());
      double value = reduce(frame.values(), options.reduceOptions());
      dials.add(
          new GaugeChart.Dial(
              data.frames().size() > 1 ? name(field, frame) : "", value, field.format(value)));
    }
    return new GaugeChart(dials, orElse(plain.min(), 0), orElse(plain.max(), 1), plain.levels());
  }

  private static Chart barGauge(Panel panel, PanelData data) {
    PanelOptions.BarGauge options = Dashboards.options(panel, PanelOptions.BarGauge.class);
    List<Bars.Bar> bars = new ArrayList<>();
    double highest = 0;
    for (PanelData.Frame frame : data.frames()) {
      Field field = Dashboards.field(panel, frame.name(), frame.refId());
      double value = reduce(frame.values(), options.reduceOptions());
      highest = Math.max(highest, orElse(field.max(), value));
      bars.add(
          new Bars.Bar(
              name(field, frame), value, field.format(value), colour(field, value, bars.size())));
    }
    double scale = highest;
    return (svg, box) -> Bars.of(bars, scale, box.width()).draw(svg, box);
  }

  static String name(Field field, PanelData.Frame frame) {
    return field.displayName() == null ? frame.name() : field.displayName();
  }

  /** The colour of a value: of its word, of its level, fixed, or that of its turn. */
  static Colour colour(Field field, double value, int turn) {
    Field.Word word = field.wordFor(value);
    if (word != null) {
      return Colour.of(word.color());
    }
    return switch (field.color() == null ? "thresholds" : field.color().mode()) {
      case "fixed" -> Colour.of(field.color().fixedColor());
      case "palette-classic" -> Colour.series(turn);
      default -> field.levels().colourOf(value);
    };
  }

  static double reduce(Values values, PanelOptions.ReduceOptions options) {
    return figure(values, options.calcs().get(0));
  }

  static double figure(Values values, String calculation) {
    boolean any = values.statistics().getCount() > 0;
    return switch (calculation) {
      case "lastNotNull" -> values.last();
      case "max" -> any ? values.statistics().getMax() : Double.NaN;
      case "min" -> any ? values.statistics().getMin() : Double.NaN;
      case "mean" -> any ? values.statistics().getAverage() : Double.NaN;
      default ->
          throw new PreviewException("There is no calculation '%s' here.".formatted(calculation));
    };
  }

  private static double orElse(Double value, double otherwise) {
    return value == null ? otherwise : value;
  }
}
