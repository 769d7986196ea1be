package io.boxoffice.grafana.dashboard;

import java.util.List;

/** The options of each panel type. */
public final class PanelOptions {
  private PanelOptions() {}

  /** A panel type without options. */
  public record None() {}

  /** Lines over time. */
  public record TimeSeries(Legend legend, Tooltip tooltip) {
    /** What is not known or missing is refused. */
    public TimeSeries {
      Known.present("legend", legend);
    }
  }

  /** Large figures. */
  public record Stat(
      ReduceOptions reduceOptions,
      String colorMode,
      String graphMode,
      String textMode,
      String justifyMode,
      String orientation) {
    /** What is not known or missing is refused. */
    public Stat {
      Known.present("reduceOptions", reduceOptions);
      Known.present("colorMode", colorMode);
      Known.present("graphMode", graphMode);
      Known.present("textMode", textMode);
      Known.oneOf("colorMode", colorMode, "value", "background");
      Known.oneOf("graphMode", graphMode, "none", "area");
      Known.oneOf("textMode", textMode, "auto", "value_and_name", "name");
      Known.oneOf("justifyMode", justifyMode, "center");
      Known.oneOf("orientation", orientation, "auto");
    }
  }

  /** Dials. */
  public record Gauge(
      ReduceOptions reduceOptions, boolean showThresholdLabels, boolean showThresholdMarkers) {
    /** What is not known or missing is refused. */
    public Gauge {
      Known.present("reduceOptions", reduceOptions);
    }
  }

  /** Bars. */
  public record BarGauge(
      ReduceOptions reduceOptions, String displayMode, String orientation, boolean showUnfilled) {
    /** What is not known or missing is refused. */
    public BarGauge {
      Known.present("reduceOptions", reduceOptions);
      Known.oneOf("displayMode", displayMode, "basic");
      Known.oneOf("orientation", orientation, "horizontal");
    }
  }

  /** Rows of cells. */
  public record Table(boolean showHeader, String cellHeight, List<Sort> sortBy) {
    /** What is not known or missing is refused. */
    public Table {
      Known.present("sortBy", sortBy);
      Known.oneOf("cellHeight", cellHeight, "sm");
    }
  }

  /** A distribution over time. */
  public record Heatmap(
      boolean calculate, Color color, YAxis yAxis, Tooltip tooltip, ShowLegend legend) {
    /** What is not known or missing is refused. */
    public Heatmap {
      Known.present("yAxis", yAxis);
    }
  }

  /** States over time. */
  public record StateTimeline(
      boolean mergeValues, String showValue, double rowHeight, Legend legend, Tooltip tooltip) {
    /** What is not known or missing is refused. */
    public StateTimeline {
      Known.oneOf("showValue", showValue, "auto");
    }
  }

  /** What is listed of each line. */
  public record Legend(
      boolean showLegend, String displayMode, String placement, List<String> calcs) {
    /** What is not known or missing is refused. */
    public Legend {
      Known.present("calcs", calcs);
      Known.oneOf("displayMode", displayMode, "list", "table");
      Known.oneOf("placement", placement, "bottom");
      calcs.forEach(PanelOptions::requireCalculation);
    }
  }

  /** Whether there is a legend. */
  public record ShowLegend(boolean show) {}

  /** What the pointer shows. */
  public record Tooltip(String mode, String sort) {
    /** What is not known or missing is refused. */
    public Tooltip {
      Known.oneOf("mode", mode, "single", "multi");
      Known.oneOf("sort", sort, "none", "desc");
    }
  }

  /** Which of its values stands for a line. */
  public record ReduceOptions(List<String> calcs, boolean values) {
    /** What is not known or missing is refused. */
    public ReduceOptions {
      Known.present("calcs", calcs);
      calcs.forEach(PanelOptions::requireCalculation);
    }
  }

  /** The order of rows. */
  public record Sort(String displayName, boolean desc) {}

  /** The colours of a heatmap. */
  public record Color(String mode, String scheme, int steps) {
    /** What is not known or missing is refused. */
    public Color {
      Known.oneOf("mode", mode, "scheme");
      Known.oneOf("scheme", scheme, "Blues");
    }
  }

  /** The axis of a heatmap. */
  public record YAxis(String unit) {}

  private static void requireCalculation(String calculation) {
    Known.oneOf("calculation", calculation, "lastNotNull", "max", "min", "mean");
  }
}
