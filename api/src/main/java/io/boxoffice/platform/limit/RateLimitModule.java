package io.boxoffice.platform.limit;

import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.http.ProblemWriter;
import io.boxoffice.platform.http.strict.RouteTable;
import io.boxoffice.platform.redis.Redis;
import io.dropwizard.core.setup.Environment;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Adds the rate limits to the service, in two steps: the filter has its place before those of other
 * features, and the policies are read when all routes are known.
 */
public final class RateLimitModule {
  private final Foundation foundation;
  private final RateLimitFilter filter;

  private RateLimitModule(Foundation foundation, RateLimitFilter filter) {
    this.foundation = foundation;
    this.filter = filter;
  }

  /**
   * Adds the filter, after the filters that check the request and before those added later.
   *
   * @param exempt the requests that no policy applies to
   * @param account the account of a request, if it has one, for policies that count accounts
   */
  public static RateLimitModule install(
      Foundation foundation,
      Predicate<HttpServletRequest> exempt,
      Function<HttpServletRequest, Optional<String>> account) {
    Environment environment = foundation.environment();
    RateLimitFilter filter =
        new RateLimitFilter(exempt, account, new ProblemWriter(environment.getObjectMapper()));
    var registration = environment.servlets().addFilter("rate-limits", filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), true, "/*");
    return new RateLimitModule(foundation, filter);
  }

  /**
   * Puts the policies in force. Call it after all resources are registered.
   *
   * @param configured the policies of RATE_LIMITS, a JSON array; blank for the shipped ones only
   * @param redis where fleet-wide policies count, if there is one
   * @param keys hide clients in the counts
   * @throws StartupException when a policy is not valid or applies to no route
   */
  public void enforce(String configured, Optional<Redis> redis, PartitionKeys keys) {
    FleetCounts database = new DatabaseCounts(foundation.jdbi());
    FleetCounts counts =
        redis.<FleetCounts>map(there -> new RedisCounts(there, database)).orElse(database);
    Environment environment = foundation.environment();
    RouteTable routes = RouteTable.of(environment.jersey().getResourceConfig().getClasses());
    List<Policy> policies =
        Policies.inForce(Policies.parse(configured, environment.getObjectMapper()), routes);
    filter.enforce(
        new LimitTable(
            routes,
            policies.stream()
                .map(
                    policy ->
                        new LimitTable.Entry(
                            limit(policy, keys, counts),
                            new Refusals(policy, environment.metrics(), System::nanoTime)))
                .toList()));
    if (policies.stream().anyMatch(policy -> policy.scope() == Policy.Scope.FLEET)) {
      environment.lifecycle().manage(new CleanUp(foundation.jdbi()));
    }
  }

  private static Limit limit(Policy policy, PartitionKeys keys, FleetCounts counts) {
    return switch (policy.scope()) {
      case REPLICA -> new ReplicaLimit(policy, TimeMeter.SYSTEM_NANOTIME);
      case FLEET -> new FleetLimit(policy, keys, counts);
    };
  }
}
