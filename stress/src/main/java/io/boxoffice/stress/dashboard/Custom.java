package io.boxoffice.stress.dashboard;

/** The custom part of the field settings of each panel type. */
public final class Custom {
  private Custom() {}

  /** Lines over time. */
  public record TimeSeries(
      String drawStyle,
      int lineWidth,
      int fillOpacity,
      String showPoints,
      boolean spanNulls,
      String axisLabel,
      LineStyle lineStyle,
      Stacking stacking,
      ThresholdsStyle thresholdsStyle) {}

  /** Cells. */
  public record Table(String align, int width, CellOptions cellOptions) {}

  /** A distribution over time. */
  public record Heatmap(ScaleDistribution scaleDistribution) {}

  /** States over time. */
  public record StateTimeline(int fillOpacity, int lineWidth) {}

  /** Solid, or with gaps. */
  public record LineStyle(String fill) {}

  /** Whether lines stand on one another. */
  public record Stacking(String mode, String group) {}

  /** Whether thresholds are drawn. */
  public record ThresholdsStyle(String mode) {}

  /** Whether a cell's value has a colour. */
  public record CellOptions(String type) {}

  /** Linear or not. */
  public record ScaleDistribution(String type) {}
}
