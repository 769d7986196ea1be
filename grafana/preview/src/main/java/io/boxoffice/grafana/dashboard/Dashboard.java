package io.boxoffice.grafana.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A dashboard. */
public record Dashboard(
    String uid,
    String title,
    String description,
    List<String> tags,
    int schemaVersion,
    boolean editable,
    int graphTooltip,
    TimeRange time,
    String refresh,
    String timezone,
    List<Link> links,
    Annotations annotations,
    Templating templating,
    List<Panel> panels) {

  /** What is not known or missing is refused. */
  public Dashboard {
    Known.present("uid", uid);
    Known.present("title", title);
    Known.present("time", time);
    Known.present("annotations", annotations);
    Known.present("templating", templating);
    Known.present("panels", panels);
  }

  /** The default period that a dashboard shows, such as now-1h to now. */
  public record TimeRange(String from, String to) {}

  /** A link to a page, or to all dashboards with a tag. */
  public record Link(
      String title,
      String type,
      String url,
      List<String> tags,
      String icon,
      String tooltip,
      boolean asDropdown,
      boolean includeVars,
      boolean keepTime,
      boolean targetBlank) {
    /** What is not known or missing is refused. */
    public Link {
      Known.oneOf("type", type, "dashboards", "link");
    }
  }

  /** The list of annotations, wrapped as Grafana wants it. */
  public record Annotations(List<Annotation> list) {}

  /** Marks over every panel, at the instants of a query's results. */
  public record Annotation(
      String name,
      Panel.Datasource datasource,
      boolean enable,
      boolean hide,
      String iconColor,
      String expr,
      String step,
      String titleFormat,
      String textFormat,
      boolean useValueForTime) {
    /** What is not known or missing is refused. */
    public Annotation {
      Known.present("expr", expr);
      if (!useValueForTime) {
        throw new DashboardException("An annotation's values must be its times.");
      }
    }
  }

  /** The list of variables, wrapped likewise. */
  public record Templating(List<Variable> list) {}

  /** Something that the reader chooses and queries mention. */
  public record Variable(
      String name,
      String label,
      String description,
      String type,
      Panel.Datasource datasource,
      JsonNode query,
      String definition,
      int refresh,
      int sort,
      int hide,
      boolean multi,
      boolean includeAll,
      String allValue,
      Choice current) {
    /** What is not known or missing is refused. */
    public Variable {
      Known.present("name", name);
      Known.oneOf("type", type, "query", "textbox");
    }
  }

  /** What is chosen at first. */
  public record Choice(JsonNode text, JsonNode value) {}

  /** Every panel that shows data, in the order of reading. */
  public List<Panel> drawn() {
    return panels.stream().filter(panel -> panel.kind() != PanelType.ROW).toList();
  }
}
