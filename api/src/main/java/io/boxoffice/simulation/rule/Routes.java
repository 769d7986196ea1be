package io.boxoffice.simulation.rule;

import io.boxoffice.platform.http.strict.RouteTable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Lists the routes that rules can match. It reads them from the resource classes. */
public final class Routes {
  /** The methods that rules can match. */
  static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** The prefix of the API. The contract, the web page and /health are outside of it. */
  private static final String API = "/v1/";

  private static final String OWN = "/v1/simulation";

  private final Set<String> templates;

  private Routes(Set<String> templates) {
    this.templates = templates;
  }

  /** Returns the API routes of the given resources, without the simulation's own routes. */
  public static Routes of(Collection<Class<?>> resources) {
    return below(API, resources);
  }

  /** Returns the routes that begin with a prefix, for a service whose API has another one. */
  public static Routes below(String prefix, Collection<Class<?>> resources) {
    return new Routes(
        RouteTable.of(resources).routes().stream()
            .map(RouteTable.Route::template)
            .filter(template -> template.startsWith(prefix))
            .filter(template -> !template.equals(OWN) && !template.startsWith(OWN + "/"))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Returns whether rules can match this route. */
  public boolean has(String template) {
    return templates.contains(template);
  }

  /** Returns all routes in alphabetical order. */
  Set<String> templates() {
    return templates;
  }
}
