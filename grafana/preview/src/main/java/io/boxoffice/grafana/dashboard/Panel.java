package io.boxoffice.grafana.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A panel of a dashboard. */
public record Panel(
    int id,
    String type,
    String title,
    String description,
    GridPos gridPos,
    Datasource datasource,
    List<Target> targets,
    FieldConfig fieldConfig,
    JsonNode options,
    List<PanelLink> links,
    List<Transformation> transformations,
    boolean collapsed) {

  /** What is left out is empty. */
  public Panel {
    targets = targets == null ? List.of() : targets;
    links = links == null ? List.of() : links;
    transformations = transformations == null ? List.of() : transformations;
  }

  /** Where it stands, in columns of 24 and rows. */
  public record GridPos(int x, int y, int w, int h) {}

  /** Where its data come from. */
  public record Datasource(String type, String uid) {}

  /** One query. */
  public record Target(
      String refId,
      String expr,
      String legendFormat,
      String format,
      boolean instant,
      boolean range,
      boolean exemplar) {
    /** What is not known or missing is refused. */
    public Target {
      Known.present("refId", refId);
      Known.present("expr", expr);
      Known.oneOf("format", format, "table", "heatmap");
    }
  }

  /** How its values look, and exceptions for some of them. */
  public record FieldConfig(ObjectNode defaults, List<Special> overrides) {
    /** What is not known or missing is refused. */
    public FieldConfig {
      Known.present("defaults", defaults);
      Known.present("overrides", overrides);
    }
  }

  /** An exception. */
  public record Special(Matcher matcher, List<Property> properties) {}

  /** Which values it is for. */
  public record Matcher(String id, String options) {
    /** What is not known or missing is refused. */
    public Matcher {
      Known.present("options", options);
    }
  }

  /** What is different, by the path of the setting. */
  public record Property(String id, JsonNode value) {}

  /** A link on a panel or on a value. */
  public record PanelLink(String title, String url, boolean targetBlank) {}

  /** What is done to the results before they are shown. */
  public record Transformation(String id, TransformationOptions options) {}

  /** The settings of organize; merge has none. */
  public record TransformationOptions(
      Map<String, Boolean> excludeByName,
      Map<String, Integer> indexByName,
      Map<String, String> renameByName) {}

  /**
   * Its type, when it is one of those that the project uses.
   *
   * @throws DashboardException when it is not
   */
  public PanelType kind() {
    return PanelType.of(type);
  }
}
