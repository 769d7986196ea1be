package io.boxoffice.platform.http.strict;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;

/**
 * Lists every route of a port with its methods, so that the metrics, the simulation and the
 * rejections match a request in the same way as the router.
 */
public final class RouteTable {
  /** The request attribute in which {@link RequestTargetFilter} stores the {@link Route}. */
  public static final String ATTRIBUTE = "boxoffice.route";

  /**
   * A path template and its methods.
   *
   * @param template such as {@code /v1/concerts/{concertId}}
   * @param methods in alphabetical order, HEAD and OPTIONS included
   */
  public record Route(String template, List<String> segments, List<String> methods) {
    static Route of(String template, Collection<String> served) {
      TreeSet<String> methods = new TreeSet<>(served);
      methods.add("OPTIONS");
      if (methods.contains("GET")) {
        methods.add("HEAD");
      }
      return new Route(template, segmentsOf(template), List.copyOf(methods));
    }

    /** The value of an Allow header (RFC 9110, 10.2.1). */
    public String allow() {
      return String.join(", ", methods);
    }

    private boolean matches(List<String> path) {
      if (path.size() != segments.size()) {
        return false;
      }
      for (int i = 0; i < path.size(); i++) {
        if (!isParameter(segments.get(i)) && !segments.get(i).equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }

    private long parameters() {
      return segments.stream().filter(Route::isParameter).count();
    }

    private static boolean isParameter(String segment) {
      return segment.startsWith("{");
    }
  }

  /** Sorted as JAX-RS prefers them: literal segments before parameters. */
  private final List<Route> routes;

  private RouteTable(List<Route> routes) {
    this.routes = routes.stream().sorted(Comparator.comparingLong(Route::parameters)).toList();
  }

  /** Reads the routes of the given resource classes; other classes are ignored. */
  public static RouteTable of(Collection<Class<?>> resources) {
    List<Route> routes = new ArrayList<>();
    for (Class<?> type : resources) {
      Resource resource = Resource.from(type);
      if (resource != null) {
        collect("", resource, routes);
      }
    }
    return new RouteTable(routes);
  }

  /** Returns a table with one more route, which a servlet serves. */
  public RouteTable with(String template, String... methods) {
    List<Route> more = new ArrayList<>(routes);
    more.add(Route.of(template, List.of(methods)));
    return new RouteTable(more);
  }

  /** All routes. */
  public List<Route> routes() {
    return routes;
  }

  /**
   * Finds the route of a request's path as received; empty if no route serves it. A path has one
   * form: RFC 3986's unreserved characters, which need no percent-encoding, in segments that are
   * neither empty nor dots. A slash at the end makes no difference.
   */
  public Optional<Route> match(String path) {
    if (!isCanonical(path)) {
      return Optional.empty();
    }
    List<String> segments = segmentsOf(path);
    // Loops, because every request passes here.
    for (Route route : routes) {
      if (route.matches(segments)) {
        return Optional.of(route);
      }
    }
    return Optional.empty();
  }

  private static boolean isCanonical(String path) {
    int segment = 0; // where the last segment begins
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) == '/') {
        if (i > 0 && isEmptyOrDots(path, segment, i)) {
          return false;
        }
        segment = i + 1;
      } else if (i == 0 || !isUnreserved(path.charAt(i))) {
        return false;
      }
    }
    return segment == path.length()
        ? !path.isEmpty()
        : !isEmptyOrDots(path, segment, path.length());
  }

  private static boolean isEmptyOrDots(String path, int begin, int end) {
    return end - begin <= 2 && path.substring(begin, end).replace(".", "").isEmpty();
  }

  /** RFC 3986, section 2.3. */
  private static boolean isUnreserved(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '-'
        || character == '.'
        || character == '_'
        || character == '~';
  }

  /** The route that the filter found for a request; null if the request did not pass the filter. */
  public static Route of(HttpServletRequest request) {
    return (Route) request.getAttribute(ATTRIBUTE);
  }

  private static void collect(String parent, Resource resource, List<Route> routes) {
    String path = join(parent, resource.getPath());
    if (!resource.getResourceMethods().isEmpty()) {
      routes.add(
          Route.of(
              path,
              resource.getResourceMethods().stream().map(ResourceMethod::getHttpMethod).toList()));
    }
    resource.getChildResources().forEach(child -> collect(path, child, routes));
  }

  private static String join(String parent, String path) {
    String joined = (parent + "/" + (path == null ? "" : path)).replaceAll("/+", "/");
    return joined.length() > 1 && joined.endsWith("/")
        ? joined.substring(0, joined.length() - 1)
        : joined;
  }

  private static List<String> segmentsOf(String path) {
    List<String> segments = Arrays.asList(path.split("/", -1));
    int last = segments.size() - 1;
    return segments.get(last).isEmpty() ? segments.subList(0, last) : segments;
  }
}
