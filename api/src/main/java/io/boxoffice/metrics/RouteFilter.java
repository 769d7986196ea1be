package io.boxoffice.metrics;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.uri.UriTemplate;

/** Tells {@link HttpMetrics} which route Jersey matched, before any other filter may refuse. */
@Priority(0)
public final class RouteFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    StringBuilder route = new StringBuilder();
    // Jersey lists the innermost template first.
    for (UriTemplate template : ((ExtendedUriInfo) request.getUriInfo()).getMatchedTemplates()) {
      route.insert(0, template.getTemplate());
    }
    request.setProperty(HttpMetrics.ROUTE_ATTRIBUTE, route.toString().replace("//", "/"));
  }
}
