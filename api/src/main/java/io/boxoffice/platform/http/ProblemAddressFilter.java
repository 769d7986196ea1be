package io.boxoffice.platform.http;

import io.boxoffice.platform.error.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.lang.annotation.Annotation;

/** Adds the path and the id of the request to each problem. */
public final class ProblemAddressFilter implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof Problem problem) {
      String path = request.getUriInfo().getRequestUri().getRawPath();
      String requestId = (String) request.getProperty(RequestIdFilter.ATTRIBUTE);
      response.setEntity(problem.at(path, requestId), new Annotation[0], Problem.MEDIA);
    }
  }
}
