package io.boxoffice.grafana.dashboard;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The panel types in use, each with the shape of its options and of its fields' custom part. */
public enum PanelType {
  ROW("row", PanelOptions.None.class, PanelOptions.None.class),
  TIME_SERIES("timeseries", PanelOptions.TimeSeries.class, Custom.TimeSeries.class),
  STAT("stat", PanelOptions.Stat.class, PanelOptions.None.class),
  GAUGE("gauge", PanelOptions.Gauge.class, PanelOptions.None.class),
  BAR_GAUGE("bargauge", PanelOptions.BarGauge.class, PanelOptions.None.class),
  TABLE("table", PanelOptions.Table.class, Custom.Table.class),
  HEATMAP("heatmap", PanelOptions.Heatmap.class, Custom.Heatmap.class),
  STATE_TIMELINE("state-timeline", PanelOptions.StateTimeline.class, Custom.StateTimeline.class);

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
