package io.boxoffice.platform.http.strict;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.ProblemWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Rejects requests that no route serves, before other code handles them: 404 for a path, 405 with
 * Allow for a method. An accepted path has only one spelling, so a client cannot use a spelling
 * that the router understands and a rule of the simulation does not.
 */
public final class RequestTargetFilter implements Filter {
  private final Supplier<RouteTable> routes;
  private final ProblemWriter problems;
  private volatile RouteTable table;

  /**
   * Accepts the given routes. They are read when the server starts, after all resources are
   * registered.
   */
  public RequestTargetFilter(Supplier<RouteTable> routes, ProblemWriter problems) {
    this.routes = routes;
    this.problems = problems;
  }

  @Override
  public void init(FilterConfig unused) {
    table = routes.get();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.REQUEST
        && !routeOrReject((HttpServletRequest) request, (HttpServletResponse) response)) {
      return;
    }
    chain.doFilter(request, response);
  }

  private boolean routeOrReject(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<RouteTable.Route> route = table.match(request.getRequestURI());
    if (route.isEmpty()) {
      problems.write(
          request,
          response,
          ProblemException.of(ProblemCode.NOT_FOUND, "No resource has this path."));
      return false;
    }
    if (!route.get().methods().contains(request.getMethod())) {
      response.setHeader(HttpHeaders.ALLOW, route.get().allow());
      problems.write(
          request,
          response,
          ProblemException.of(
              ProblemCode.METHOD_NOT_ALLOWED, "See the Allow header for what this path accepts."));
      return false;
    }
    request.setAttribute(RouteTable.ATTRIBUTE, route.get());
    return true;
  }
}
