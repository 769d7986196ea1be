package io.boxoffice.metrics;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.glassfish.jersey.uri.UriTemplate;

/** Tells {@link HttpMetrics} which route Jersey matched, before any other filter may refuse. */
@Priority(0)
public final class RouteFilter implements ContainerRequestFilter {
  private final Map<ResourceMethod, String> routes = new ConcurrentHashMap<>();

  @Override
  public void filter(ContainerRequestContext request) {
    ExtendedUriInfo matched = (ExtendedUriInfo) request.getUriInfo();
    request.setProperty(
        HttpMetrics.ROUTE_ATTRIBUTE,
        routes.computeIfAbsent(matched.getMatchedResourceMethod(), method -> routeOf(matched)));
  }

  /** Without dots, which separate the parts of a metric's name. */
  private static String routeOf(ExtendedUriInfo matched) {
    StringBuilder route = new StringBuilder();
    // Jersey lists the innermost template first.
    for (UriTemplate template : matched.getMatchedTemplates()) {
      route.insert(0, template.getTemplate());
    }
    return route.toString().replace("//", "/").replace('.', '_');
  }
}
