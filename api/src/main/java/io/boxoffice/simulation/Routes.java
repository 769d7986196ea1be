package io.boxoffice.simulation;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.glassfish.jersey.server.model.Resource;

/** The routes that rules can match, read from the resources themselves. */
final class Routes {
  /** The methods that rules can match. */
  static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** The API itself; the contract, the page and /health stand beside it. */
  private static final String API = "/v1/";

  private static final String OWN = "/v1/simulation";

  private record Route(String template, List<String> segments) {
    boolean matches(List<String> path) {
      if (path.size() != segments.size()) {
        return false;
      }
      for (int i = 0; i < path.size(); i++) {
        boolean fits =
            isParameter(segments.get(i))
                ? !path.get(i).isEmpty()
                : segments.get(i).equals(path.get(i));
        if (!fits) {
          return false;
        }
      }
      return true;
    }

    long parameters() {
      return segments.stream().filter(Route::isParameter).count();
    }

    static boolean isParameter(String segment) {
      return segment.startsWith("{");
    }
  }

  /** Literal segments before parameters, as JAX-RS prefers them. */
  private final List<Route> routes;

  private Routes(Collection<String> templates) {
    this.routes =
        templates.stream()
            .map(template -> new Route(template, segments(template)))
            .sorted(Comparator.comparingLong(Route::parameters))
            .toList();
  }

  /** The routes of the given resources, save those that the simulation must never touch. */
  static Routes of(Collection<Class<?>> resources) {
    Set<String> templates = new TreeSet<>();
    for (Class<?> type : resources) {
      Resource resource = Resource.from(type);
      if (resource != null) {
        collect("", resource, templates);
      }
    }
    templates.removeIf(
        template ->
            !template.startsWith(API) || template.equals(OWN) || template.startsWith(OWN + "/"));
    return new Routes(templates);
  }

  /** The route of a request's path, if it has one that may be touched. */
  Optional<String> match(String path) {
    List<String> segments = segments(path);
    for (Route route : routes) {
      if (route.matches(segments)) {
        return Optional.of(route.template());
      }
    }
    return Optional.empty();
  }

  boolean has(String template) {
    return routes.stream().anyMatch(route -> route.template().equals(template));
  }

  /** All of them, in alphabetical order. */
  Set<String> templates() {
    return new TreeSet<>(routes.stream().map(Route::template).toList());
  }

  private static void collect(String parent, Resource resource, Set<String> templates) {
    String path = join(parent, resource.getPath());
    if (!resource.getResourceMethods().isEmpty()) {
      templates.add(path);
    }
    resource.getChildResources().forEach(child -> collect(path, child, templates));
  }

  private static String join(String parent, String path) {
    String joined = (parent + "/" + (path == null ? "" : path)).replaceAll("/+", "/");
    return joined.length() > 1 && joined.endsWith("/")
        ? joined.substring(0, joined.length() - 1)
        : joined;
  }

  /** A slash at the end makes no difference, as in JAX-RS. */
  private static List<String> segments(String path) {
    List<String> segments = Arrays.asList(path.split("/", -1));
    int last = segments.size() - 1;
    return last > 0 && segments.get(last).isEmpty() ? segments.subList(0, last) : segments;
  }
}
