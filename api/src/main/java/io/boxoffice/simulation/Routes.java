package io.boxoffice.simulation;

import io.boxoffice.platform.http.RouteTable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The routes that rules can match, read from the resources themselves. */
final class Routes {
  /** The methods that rules can match. */
  static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** The API itself; the contract, the page and /health stand beside it. */
  private static final String API = "/v1/";

  private static final String OWN = "/v1/simulation";

  private final Set<String> templates;

  private Routes(Set<String> templates) {
    this.templates = templates;
  }

  /** The routes of the given resources, save those that the simulation must never touch. */
  static Routes of(Collection<Class<?>> resources) {
    return new Routes(
        RouteTable.of(resources).routes().stream()
            .map(RouteTable.Route::template)
            .filter(template -> template.startsWith(API))
            .filter(template -> !template.equals(OWN) && !template.startsWith(OWN + "/"))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  boolean has(String template) {
    return templates.contains(template);
  }

  /** All of them, in alphabetical order. */
  Set<String> templates() {
    return templates;
  }
}
