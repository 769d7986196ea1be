package io.boxoffice.stress.dashboard;

import java.util.List;

/** The options of each panel type. */
public final class Options {
  private Options() {}

  /** A panel type without options. */
  public record None() {}

  /** Lines over time. */
  public record TimeSeries(Legend legend, Tooltip tooltip) {}

  /** Large figures. */
  public record Stat(
      ReduceOptions reduceOptions,
      String colorMode,
      String graphMode,
      String textMode,
      String justifyMode,
      String orientation) {}

  /** Dials. */
  public record Gauge(
      ReduceOptions reduceOptions, boolean showThresholdLabels, boolean showThresholdMarkers) {}

  /** Bars. */
  public record BarGauge(
      ReduceOptions reduceOptions, String displayMode, String orientation, boolean showUnfilled) {}

  /** Rows of cells. */
  public record Table(boolean showHeader, String cellHeight, List<Sort> sortBy) {}

  /** A distribution over time. */
  public record Heatmap(
      boolean calculate, Color color, YAxis yAxis, Tooltip tooltip, ShowLegend legend) {}

  /** States over time. */
  public record StateTimeline(
      boolean mergeValues, String showValue, double rowHeight, Legend legend, Tooltip tooltip) {}

  /** What is listed of each line. */
  public record Legend(
      boolean showLegend, String displayMode, String placement, List<String> calcs) {}

  /** Whether there is a legend. */
  public record ShowLegend(boolean show) {}

  /** What the pointer shows. */
  public record Tooltip(String mode, String sort) {}

  /** Which of its values stands for a line. */
  public record ReduceOptions(List<String> calcs, boolean values) {}

  /** The order of rows. */
  public record Sort(String displayName, boolean desc) {}

  /** The colours of a heatmap. */
  public record Color(String mode, String scheme, int steps) {}

  /** The axis of a heatmap. */
  public record YAxis(String unit) {}
}
