package io.boxoffice.grafana.preview;

import io.boxoffice.grafana.dashboard.Custom;
import io.boxoffice.grafana.dashboard.Dashboards;
import io.boxoffice.grafana.dashboard.Field;
import io.boxoffice.grafana.dashboard.Panel;
import io.boxoffice.grafana.dashboard.PanelOptions;
import io.boxoffice.grafana.dashboard.Units;
import io.boxoffice.stress.plot.chart.Chart;
import io.boxoffice.stress.plot.chart.HeatmapChart;
import io.boxoffice.stress.plot.chart.Legend;
import io.boxoffice.stress.plot.chart.StateTimelineChart;
import io.boxoffice.stress.plot.chart.TimeAxis;
import io.boxoffice.stress.plot.chart.TimeSeriesChart;
import io.boxoffice.stress.plot.data.Levels;
import io.boxoffice.stress.plot.data.Series;
import io.boxoffice.stress.plot.data.Values;
import io.boxoffice.stress.plot.svg.Colour;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Charts with a time axis. */
final class TimeCharts {
  private static final Map<String, String> FIGURES =
      Map.of("lastNotNull", "last", "max", "max", "min", "min", "mean", "mean");

  private TimeCharts() {}

  static Chart timeSeries(Panel panel, PanelData data, TimeAxis axis) {
    PanelOptions.Legend options = Dashboards.options(panel, PanelOptions.TimeSeries.class).legend();
    Field plain = Dashboards.field(panel, "", "");
    Custom.TimeSeries style = Dashboards.custom(panel, plain, Custom.TimeSeries.class);
    List<String> calcs = options.calcs();
    List<Series> lines = new ArrayList<>();
    List<Legend.Entry> entries = new ArrayList<>();
    for (PanelData.Frame frame : data.frames()) {
      Field field = Dashboards.field(panel, frame.name(), frame.refId());
      Custom.TimeSeries custom = Dashboards.custom(panel, field, Custom.TimeSeries.class);
      Series line =
          new Series(
              Charts.name(field, frame),
              Charts.colour(field, frame.values().last(), lines.size()),
              frame.values(),
              custom.fillOpacity() / 100.0,
              custom.lineStyle() != null && !custom.lineStyle().fill().equals("solid"));
      lines.add(line);
      entries.add(
          new Legend.Entry(
              line.name(),
              line.colour(),
              calcs.stream()
                  .map(calc -> field.format(Charts.figure(line.values(), calc)))
                  .toList()));
    }
    boolean withLines =
        style.thresholdsStyle() != null && !style.thresholdsStyle().mode().equals("off");
    return new TimeSeriesChart(
        axis,
        data.times(),
        lines,
        style.stacking() != null && style.stacking().mode().equals("normal"),
        new Legend(
            calcs.stream().map(FIGURES::get).toList(), options.showLegend() ? entries : List.of()),
        withLines ? plain.levels() : new Levels(List.of()),
        plain.min() == null ? Double.NaN : plain.min(),
        plain.max() == null ? Double.NaN : plain.max(),
        Units.isBytes(plain.unit()),
        value -> Units.format(plain.unit(), null, value));
  }

  static Chart heatmap(Panel panel, PanelData data, TimeAxis axis) {
    List<PanelData.Frame> buckets =
        data.frames().stream().sorted(Comparator.comparingDouble(TimeCharts::bound)).toList();
    String unit = Dashboards.options(panel, PanelOptions.Heatmap.class).yAxis().unit();
    List<Values> counts = new ArrayList<>();
    for (int bucket = 0; bucket < buckets.size(); bucket++) {
      Values count = buckets.get(bucket).values();
      // Prometheus counts everything up to a bound.
      counts.add(bucket == 0 ? count : count.minus(buckets.get(bucket - 1).values()));
    }
    return new HeatmapChart(
        axis,
        buckets.stream().map(bucket -> Units.format(unit, null, bound(bucket))).toList(),
        counts,
        Colour.BLUE);
  }

  static Chart stateTimeline(Panel panel, PanelData data, TimeAxis axis) {
    List<StateTimelineChart.Row> rows = new ArrayList<>();
    for (PanelData.Frame frame : data.frames()) {
      Field field = Dashboards.field(panel, frame.name(), frame.refId());
      int turn = rows.size();
      rows.add(
          new StateTimelineChart.Row(
              Charts.name(field, frame),
              Arrays.stream(frame.values().toArray())
                  .mapToObj(
                      value ->
                          Double.isNaN(value)
                              ? null
                              : new StateTimelineChart.State(
                                  field.format(value), Charts.colour(field, value, turn)))
                  .toList()));
    }
    return new StateTimelineChart(axis, data.times(), rows);
  }

  private static double bound(PanelData.Frame bucket) {
    String bound = bucket.labels().get("le");
    if (bound == null) {
      throw new PreviewException("A heatmap needs the label le.");
    }
    return bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
  }
}
