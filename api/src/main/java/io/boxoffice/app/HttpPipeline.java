package io.boxoffice.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.platform.auth.CallerFilter;
import io.boxoffice.platform.database.DatabaseProblemMapper;
import io.boxoffice.platform.error.ErrorMappers;
import io.boxoffice.platform.http.CrossOriginFilter;
import io.boxoffice.platform.http.ProblemAddressFilter;
import io.boxoffice.platform.http.ProblemWriter;
import io.boxoffice.platform.http.RequestIdFilter;
import io.boxoffice.platform.http.SecurityHeadersFilter;
import io.boxoffice.platform.http.server.BodyLimits;
import io.boxoffice.platform.http.server.ClientAddress;
import io.boxoffice.platform.http.server.JettyProblemHandler;
import io.boxoffice.platform.http.server.ServerCustomizer;
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
import io.boxoffice.platform.limit.RateLimitModule;
import io.boxoffice.platform.metrics.HttpMetrics;
import io.boxoffice.warmup.WarmUp;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.setup.ServletEnvironment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.glassfish.jersey.server.ServerProperties;

/**
 * Installs what every request passes through: Jetty's settings, the servlet filters, and Jersey's
 * filters and exception mappers. Filters run in the order in which they are added: call {@link
 * #install} before any feature, {@link #installAccess} when sessions can be checked, and {@link
 * #installMethods} after all features.
 */
final class HttpPipeline {
  /** Dropwizard's pages on the admin port (Dropwizard manual, "Admin"). */
  private static final List<String> ADMIN_PAGES =
      List.of("/", "/metrics", "/ping", "/threads", "/healthcheck");

  /** Dropwizard's tasks on the admin port. */
  private static final List<String> ADMIN_TASKS = List.of("/tasks/gc", "/tasks/log-level");

  private HttpPipeline() {}

  static void install(Environment environment, List<String> allowedOrigins) {
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
    add(
        environment.admin(),
        "target",
        new RequestTargetFilter(HttpPipeline::adminRoutes, problems));

    environment.jersey().replace(WholeAddressServlet::new);
    environment.jersey().property(ServerProperties.WADL_FEATURE_DISABLE, true);
    // The service may run behind a proxy. A relative Location is correct behind any proxy.
    environment
        .jersey()
        .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    ErrorMappers.register(environment.jersey());
    environment.jersey().register(new DatabaseProblemMapper());
    environment.jersey().register(new ProblemAddressFilter());
    environment.jersey().register(new StrictParameters());
    environment.jersey().register(new Utf8Bodies());
    environment.jersey().register(new BareBodies());
  }

  /**
   * Adds the checks of callers, and what depends on them: Jetty's settings and the rate limits. No
   * limit applies to the warm-up and to the operators' token.
   *
   * @return the limits, whose policies take effect when all routes are known
   */
  static RateLimitModule installAccess(
      BoxOfficeConfiguration configuration, Foundation foundation, CallerAccess callers) {
    Environment environment = foundation.environment();
    CallerFilter.register(environment.jersey(), callers);

    JettyProblemHandler errors = new JettyProblemHandler(environment.getObjectMapper());
    environment.getApplicationContext().setErrorHandler(errors);
    environment.getAdminContext().setErrorHandler(errors);
    environment
        .lifecycle()
        .addEventListener(
            new ServerCustomizer(
                new ClientAddress(configuration.trustedProxies()),
                errors,
                new HttpMetrics(environment.metrics(), foundation.prometheus()),
                new BodyLimits(callers),
                configuration.requestBodyTimeout()));
    return RateLimitModule.install(
        foundation,
        request ->
            WarmUp.isWarmUp(request)
                || callers.isOperatorsToken(request.getHeader(HttpHeaders.AUTHORIZATION)),
        request ->
            callers.account(request.getHeader(HttpHeaders.AUTHORIZATION)).map(UUID::toString));
  }

  /**
   * Adds the filter of methods. It runs after the simulation, because the simulation's rules
   * distinguish HEAD and OPTIONS from GET.
   */
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
