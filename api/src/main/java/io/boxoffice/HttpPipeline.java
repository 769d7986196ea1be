package io.boxoffice;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.auth.OperatorAccess;
import io.boxoffice.auth.OperatorFilter;
import io.boxoffice.error.ErrorMappers;
import io.boxoffice.error.JettyProblemHandler;
import io.boxoffice.error.ProblemWriter;
import io.boxoffice.http.BareBodies;
import io.boxoffice.http.BodyLimits;
import io.boxoffice.http.ClientAddress;
import io.boxoffice.http.HeaderFilter;
import io.boxoffice.http.MethodFilter;
import io.boxoffice.http.ParametersFilter;
import io.boxoffice.http.RequestIdFilter;
import io.boxoffice.http.RequestTargetFilter;
import io.boxoffice.http.RouteTable;
import io.boxoffice.http.SecurityHeadersFilter;
import io.boxoffice.http.ServerCustomizer;
import io.boxoffice.http.StrictJson;
import io.boxoffice.http.StrictParameters;
import io.boxoffice.http.Utf8Bodies;
import io.boxoffice.http.WholeAddressServlet;
import io.boxoffice.metrics.HttpMetrics;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.setup.ServletEnvironment;
import io.prometheus.client.CollectorRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.List;
import org.glassfish.jersey.server.ServerProperties;

/**
 * What every request passes on its way: Jetty's settings, the servlet filters, the filters and
 * mappers of Jersey. Filters run in the order in which they are added: {@link #install} comes
 * before any feature, {@link #installMethods} after all.
 */
final class HttpPipeline {
  /** Dropwizard's pages on the admin port (Dropwizard manual, "Admin"). */
  private static final List<String> ADMIN_PAGES =
      List.of("/", "/metrics", "/ping", "/threads", "/healthcheck");

  /** Dropwizard's own tasks on the admin port. */
  private static final List<String> ADMIN_TASKS = List.of("/tasks/gc", "/tasks/log-level");

  private HttpPipeline() {}

  static void install(
      BoxOfficeConfiguration configuration, Environment environment, CollectorRegistry prometheus) {
    ObjectMapper json = environment.getObjectMapper();
    StrictJson.applyTo(json);
    ProblemWriter problems = new ProblemWriter(json);
    for (ServletEnvironment port : ports(environment)) {
      add(port, "request-id", new RequestIdFilter());
      add(port, "security-headers", new SecurityHeadersFilter());
      add(port, "headers", new HeaderFilter(problems));
      add(port, "parameters", new ParametersFilter(problems));
    }
    add(
        environment.servlets(),
        "target",
        new RequestTargetFilter(() -> applicationRoutes(environment), problems));
    add(
        environment.admin(),
        "target",
        new RequestTargetFilter(HttpPipeline::adminRoutes, problems));

    environment.jersey().replace(WholeAddressServlet::new);
    environment.jersey().property(ServerProperties.WADL_FEATURE_DISABLE, true);
    // A proxy may stand in front; a relative Location is right behind any of them.
    environment
        .jersey()
        .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    ErrorMappers.register(environment.jersey());
    environment.jersey().register(new StrictParameters());
    environment.jersey().register(new Utf8Bodies());
    environment.jersey().register(new BareBodies());
    OperatorAccess operators = new OperatorAccess(configuration.operatorToken());
    environment.jersey().register(new OperatorFilter(operators));

    JettyProblemHandler errors = new JettyProblemHandler(json);
    environment.getApplicationContext().setErrorHandler(errors);
    environment.getAdminContext().setErrorHandler(errors);
    environment
        .lifecycle()
        .addEventListener(
            new ServerCustomizer(
                new ClientAddress(configuration.trustedProxies()),
                errors,
                new HttpMetrics(environment.metrics(), prometheus),
                new BodyLimits(operators),
                configuration.requestBodyTimeout()));
  }

  /** Behind the simulation, whose rules tell HEAD and OPTIONS from GET. */
  static void installMethods(Environment environment) {
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
