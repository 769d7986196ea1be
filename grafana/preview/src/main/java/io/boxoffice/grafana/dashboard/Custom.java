package io.boxoffice.grafana.dashboard;

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
      LineStyle lineStyle,
      Stacking stacking,
      ThresholdsStyle thresholdsStyle) {
    /** What is not known or missing is refused. */
    public TimeSeries {
      Known.oneOf("drawStyle", drawStyle, "line");
      Known.oneOf("showPoints", showPoints, "never");
    }
  }

  /** Cells. */
  public record Table(String align, CellOptions cellOptions) {
    /** What is not known or missing is refused. */
    public Table {
      Known.oneOf("align", align, "auto");
    }
  }

  /** A distribution over time. */
  public record Heatmap(ScaleDistribution scaleDistribution) {}

  /** States over time. */
  public record StateTimeline(int fillOpacity, int lineWidth) {}

  /** Solid, or with gaps. */
  public record LineStyle(String fill) {
    /** What is not known or missing is refused. */
    public LineStyle {
      Known.present("fill", fill);
      Known.oneOf("fill", fill, "solid", "dash");
    }
  }

  /** Whether lines stand on one another. */
  public record Stacking(String mode, String group) {
    /** What is not known or missing is refused. */
    public Stacking {
      Known.present("mode", mode);
      Known.oneOf("mode", mode, "none", "normal");
    }
  }

  /** Whether thresholds are drawn. */
  public record ThresholdsStyle(String mode) {
    /** What is not known or missing is refused. */
    public ThresholdsStyle {
      Known.present("mode", mode);
      Known.oneOf("mode", mode, "off", "dashed");
    }
  }

  /** Whether a cell's value has a colour. */
  public record CellOptions(String type) {
    /** What is not known or missing is refused. */
    public CellOptions {
      Known.present("type", type);
      Known.oneOf("type", type, "auto", "color-text");
    }
  }

  /** Linear or not. */
  public record ScaleDistribution(String type) {
    /** What is not known or missing is refused. */
    public ScaleDistribution {
      Known.oneOf("type", type, "linear");
    }
  }
}
