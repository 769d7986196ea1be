package io.boxoffice.grafana.preview;

import io.boxoffice.grafana.dashboard.Dashboard;
import io.boxoffice.grafana.dashboard.DashboardException;
import io.boxoffice.grafana.dashboard.Expressions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the default values of a dashboard's variables. */
final class Variables {
  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\((.+),\\s*(\\w+)\\)", Pattern.DOTALL);

  private Variables() {}

  /** The values in the order of the variables; one may use those before it. */
  static Map<String, String> resolve(
      Dashboard dashboard, Prometheus prometheus, Map<String, String> chosen) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Dashboard.Variable variable : dashboard.templating().list()) {
      String value = chosen.get(variable.name());
      values.put(variable.name(), value == null ? first(variable, prometheus, values) : value);
    }
    return values;
  }

  private static String first(
      Dashboard.Variable variable, Prometheus prometheus, Map<String, String> before) {
    return switch (variable.type()) {
      case "textbox" -> variable.query().asText();
      case "query" -> {
        if (variable.includeAll()) {
          yield variable.allValue();
        }
        List<String> found = query(variable, prometheus, before);
        if (found.isEmpty()) {
          throw new PreviewException(
              "The variable %s has no value: %s finds nothing in this Prometheus."
                  .formatted(variable.name(), variable.definition()));
        }
        yield found.get(0);
      }
      default ->
          throw new DashboardException(
              "There is no variable type '%s' here.".formatted(variable.type()));
    };
  }

  private static List<String> query(
      Dashboard.Variable variable, Prometheus prometheus, Map<String, String> before) {
    Matcher call = LABEL_VALUES.matcher(Expressions.fill(variable.definition(), before));
    if (!call.matches()) {
      throw new DashboardException(
          "The variable %s is not read by label_values(selector, label)."
              .formatted(variable.name()));
    }
    return prometheus.labelValues(call.group(2), call.group(1));
  }
}
