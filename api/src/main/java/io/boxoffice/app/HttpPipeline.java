package io.boxoffice.app;

import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.platform.auth.CallerFilter;
import io.boxoffice.platform.database.DatabaseProblemMapper;
import io.boxoffice.platform.http.server.StrictHttp;
import io.boxoffice.platform.limit.RateLimitModule;
import io.boxoffice.platform.metrics.HttpMetrics;
import io.boxoffice.platform.tracing.RequestSpans;
import io.boxoffice.platform.tracing.Tracing;
import io.boxoffice.warmup.WarmUp;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.UUID;

/**
 * Adds to {@link StrictHttp} what only the shop has: a database, callers and rate limits. Filters
 * run in the order in which they are added: call {@link #install} before any feature, {@link
 * #installAccess} when sessions can be checked, and {@link StrictHttp#installMethods} after all
 * features.
 */
final class HttpPipeline {
  private HttpPipeline() {}

  static void install(Environment environment, Tracing tracing, List<String> allowedOrigins) {
    RequestSpans.install(environment, tracing, WarmUp::isWarmUp);
    StrictHttp.install(environment, allowedOrigins);
    environment.jersey().register(new DatabaseProblemMapper());
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
    StrictHttp.installServer(
        environment,
        configuration.trustedProxies(),
        callers,
        configuration.requestBodyTimeout(),
        RequestSpans.ending(
            foundation.tracing(), new HttpMetrics(environment.metrics(), foundation.prometheus())));
    return RateLimitModule.install(
        foundation,
        request ->
            WarmUp.isWarmUp(request)
                || callers.isOperatorsToken(request.getHeader(HttpHeaders.AUTHORIZATION)),
        request ->
            callers.account(request.getHeader(HttpHeaders.AUTHORIZATION)).map(UUID::toString));
  }
}
