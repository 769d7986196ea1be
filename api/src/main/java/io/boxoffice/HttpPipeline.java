package io.boxoffice;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.auth.OperatorAccess;
import io.boxoffice.auth.OperatorFilter;
import io.boxoffice.error.ErrorMappers;
import io.boxoffice.error.JettyProblemHandler;
import io.boxoffice.http.BareBodies;
import io.boxoffice.http.BodyLimitFilter;
import io.boxoffice.http.BodyLimits;
import io.boxoffice.http.ClientAddress;
import io.boxoffice.http.RequestIdFilter;
import io.boxoffice.http.SecurityHeadersFilter;
import io.boxoffice.http.ServerCustomizer;
import io.boxoffice.http.StrictJson;
import io.boxoffice.http.WholeAddressServlet;
import io.boxoffice.metrics.HttpMetrics;
import io.boxoffice.metrics.RouteFilter;
import io.dropwizard.core.setup.Environment;
import io.prometheus.client.CollectorRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.glassfish.jersey.server.ServerProperties;

/**
 * What every request passes on its way: Jetty's settings, the servlet filters, the filters and
 * mappers of Jersey. Installed before any resource.
 */
final class HttpPipeline {
  private HttpPipeline() {}

  static void install(
      BoxOfficeConfiguration configuration, Environment environment, CollectorRegistry prometheus) {
    ObjectMapper json = environment.getObjectMapper();
    StrictJson.applyTo(json);
    addFilter(environment, "request-id", new RequestIdFilter());
    addFilter(environment, "security-headers", new SecurityHeadersFilter());

    environment.jersey().replace(WholeAddressServlet::new);
    environment.jersey().property(ServerProperties.WADL_FEATURE_DISABLE, true);
    // A proxy may stand in front; a relative Location is right behind any of them.
    environment
        .jersey()
        .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    ErrorMappers.register(environment.jersey());
    environment.jersey().register(new RouteFilter());
    environment.jersey().register(new BodyLimitFilter());
    environment.jersey().register(new BareBodies());
    OperatorAccess operators = new OperatorAccess(configuration.operatorToken());
    environment.jersey().register(new OperatorFilter(operators));

    JettyProblemHandler errors = new JettyProblemHandler(json);
    environment.getApplicationContext().setErrorHandler(errors);
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

  private static void addFilter(Environment environment, String name, Filter filter) {
    var registration = environment.servlets().addFilter(name, filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
  }
}
