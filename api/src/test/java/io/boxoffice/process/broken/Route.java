package io.boxoffice.process.broken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Describes a path template of the service with its methods. Most routes are read from the
 * contract, so that the tests cover a new route at once.
 */
record Route(String template, List<String> methods) {
  private static final List<String> READ = List.of("GET");

  /** Returns the routes of the application port. */
  static List<Route> ofApplication(Path contract) {
    List<Route> routes = new ArrayList<>();
    try {
      JsonNode paths = new YAMLMapper().readTree(contract.toFile()).path("paths");
      paths
          .properties()
          .forEach(path -> routes.add(new Route(path.getKey(), methods(path.getValue()))));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    for (String hidden : List.of("/", "/page/{file}", "/openapi.json", "/openapi.yaml")) {
      routes.add(new Route(hidden, READ));
    }
    routes.add(new Route("/health", READ));
    return routes;
  }

  /** Returns the routes of the admin port, except the profiler, which takes 10 s. */
  static List<Route> ofAdmin() {
    return List.of(
        new Route("/metrics", READ),
        new Route("/ping", READ),
        new Route("/threads", READ),
        new Route("/healthcheck", READ),
        new Route("/", READ),
        new Route("/tasks/gc", List.of("POST")),
        new Route("/tasks/log-level", List.of("POST")),
        new Route("/tasks/{task}", List.of("POST")));
  }

  boolean takesABody() {
    return methods.stream().anyMatch(method -> method.startsWith("P"));
  }

  /** Picks one of the methods. A route with GET also has HEAD. */
  String method(Dice dice) {
    String method = dice.pick(methods);
    return method.equals("GET") && dice.oneIn(6) ? "HEAD" : method;
  }

  private static List<String> methods(JsonNode path) {
    List<String> methods = new ArrayList<>();
    path.fieldNames().forEachRemaining(name -> methods.add(name.toUpperCase(Locale.ROOT)));
    return methods;
  }
}
