package io.boxoffice.stress.dashboard;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The panel types in use, each with the shape of its options and of its fields' custom part. */
public enum PanelType {
  ROW("row", Options.None.class, Options.None.class),
  TIME_SERIES("timeseries", Options.TimeSeries.class, Custom.TimeSeries.class),
  STAT("stat", Options.Stat.class, Options.None.class),
  GAUGE("gauge", Options.Gauge.class, Options.None.class),
  BAR_GAUGE("bargauge", Options.BarGauge.class, Options.None.class),
  TABLE("table", Options.Table.class, Custom.Table.class),
  HEATMAP("heatmap", Options.Heatmap.class, Custom.Heatmap.class),
  STATE_TIMELINE("state-timeline", Options.StateTimeline.class, Custom.StateTimeline.class);

  private final String id;
  private final Class<? extends Record> options;
  private final Class<? extends Record> custom;

  PanelType(String id, Class<? extends Record> options, Class<? extends Record> custom) {
    this.id = id;
    this.options = options;
    this.custom = custom;
  }

  /**
   * The type of a name.
   *
   * @throws DashboardException when there is none
   */
  public static PanelType of(String id) {
    for (PanelType type : values()) {
      if (type.id.equals(id)) {
        return type;
      }
    }
    throw new DashboardException(
        "There is no panel type '%s' here, only %s."
            .formatted(
                id,
                Arrays.stream(values()).map(type -> type.id).collect(Collectors.joining(", "))));
  }

  Class<? extends Record> options() {
    return options;
  }

  Class<? extends Record> custom() {
    return custom;
  }
}
