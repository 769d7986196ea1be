package io.boxoffice.platform.http.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.platform.error.ErrorMappers;
import io.boxoffice.platform.http.CrossOriginFilter;
import io.boxoffice.platform.http.ProblemAddressFilter;
import io.boxoffice.platform.http.ProblemWriter;
import io.boxoffice.platform.http.RequestIdFilter;
import io.boxoffice.platform.http.SecurityHeadersFilter;
import io.boxoffice.platform.http.strict.HeaderFilter;
import io.boxoffice.platform.http.strict.MethodFilter;
import io.boxoffice.platform.http.strict.ParametersFilter;
import io.boxoffice.platform.http.strict.RequestTargetFilter;
import io.boxoffice.platform.http.strict.RouteTable;
import io.boxoffice.platform.http.strict.StrictJson;
import io.boxoffice.platform.http.strict.StrictParameters;
import io.boxoffice.platform.http.strict.Utf8Bodies;
import io.boxoffice.platform.http.tuning.BareBodies;
import io.boxoffice.platform.http.tuning.WholeAddressServlet;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.setup.ServletEnvironment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.server.RequestLog;
import org.glassfish.jersey.server.ServerProperties;

/**
 * Installs what every request of a process passes through, so that the shop and its partners treat
 * HTTP alike: Jetty's settings, the servlet filters, and Jersey's filters and exception mappers.
 * Filters run in the order in which they are added: call {@link #install} before any feature, and
 * {@link #installMethods} after all features.
 */
public final class StrictHttp {
  /** Dropwizard's pages on the admin port (Dropwizard manual, "Admin"). */
  private static final List<String> ADMIN_PAGES =
      List.of("/", "/metrics", "/ping", "/threads", "/healthcheck");

  /** Dropwizard's tasks on the admin port. */
  private static final List<String> ADMIN_TASKS = List.of("/tasks/gc", "/tasks/log-level");

  private StrictHttp() {}

  /**
   * Adds the filters and mappers.
   *
   * @param allowedOrigins the origins whose pages may call the process from a browser
   */
  public static void install(Environment environment, List<String> allowedOrigins) {
    ObjectMapper json = environment.getObjectMapper();
    StrictJson.applyTo(json);
    ProblemWriter problems = new ProblemWriter(json);
    for (ServletEnvironment port : ports(environment)) {
      add(port, "request-id", new RequestIdFilter());
      add(port, "security-headers", new SecurityHeadersFilter());
      if (port == environment.servlets()) {
        add(port, "cross-origin", new CrossOriginFilter(allowedOrigins));
      }
      add(port, "headers", new HeaderFilter(problems));
      add(port, "parameters", new ParametersFilter(problems));
    }
    add(
        environment.servlets(),
        "target",
        new RequestTargetFilter(() -> applicationRoutes(environment), problems));
    add(environment.admin(), "target", new RequestTargetFilter(StrictHttp::adminRoutes, problems));

    environment.jersey().replace(WholeAddressServlet::new);
    environment.jersey().property(ServerProperties.WADL_FEATURE_DISABLE, true);
    // The process may run behind a proxy. A relative Location is correct behind any proxy.
    environment
        .jersey()
        .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    ErrorMappers.register(environment.jersey());
    environment.jersey().register(new ProblemAddressFilter());
    environment.jersey().register(new StrictParameters());
    environment.jersey().register(new Utf8Bodies());
    environment.jersey().register(new BareBodies());
  }

  /**
   * Adds what Jetty itself needs.
   *
   * @param trustedProxies the proxies whose X-Forwarded-For counts
   * @param callers recognises operators, whose bodies may be longer
   * @param bodyTimeout how long a body may take to be received
   * @param metrics counts every request
   */
  public static void installServer(
      Environment environment,
      List<String> trustedProxies,
      CallerAccess callers,
      Duration bodyTimeout,
      RequestLog metrics) {
    JettyProblemHandler errors = new JettyProblemHandler(environment.getObjectMapper());
    environment.getApplicationContext().setErrorHandler(errors);
    environment.getAdminContext().setErrorHandler(errors);
    environment
        .lifecycle()
        .addEventListener(
            new ServerCustomizer(
                new ClientAddress(trustedProxies),
                errors,
                metrics,
                new BodyLimits(callers),
                bodyTimeout));
  }

  /**
   * Adds the filter of methods. It runs after the simulation, because the simulation's rules
   * distinguish HEAD and OPTIONS from GET.
   */
  public static void installMethods(Environment environment) {
    for (ServletEnvironment port : ports(environment)) {
      add(port, "method", new MethodFilter());
    }
  }

  private static RouteTable applicationRoutes(Environment environment) {
    return RouteTable.of(environment.jersey().getResourceConfig().getClasses())
        .with("/health", "GET");
  }

  private static RouteTable adminRoutes() {
    RouteTable routes = RouteTable.of(List.of());
    for (String page : ADMIN_PAGES) {
      routes = routes.with(page, "GET");
    }
    for (String task : ADMIN_TASKS) {
      routes = routes.with(task, "POST");
    }
    return routes;
  }

  private static List<ServletEnvironment> ports(Environment environment) {
    return List.of(environment.servlets(), environment.admin());
  }

  private static void add(ServletEnvironment port, String name, Filter filter) {
    var registration = port.addFilter(name, filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), true, "/*");
  }
}
