package io.boxoffice.simulation.http;

import io.boxoffice.platform.http.ProblemWriter;
import io.boxoffice.platform.tracing.Tracing;
import io.boxoffice.simulation.rule.Routes;
import io.boxoffice.simulation.setting.LiveSimulation;
import io.boxoffice.simulation.setting.StoredSetting;
import io.dropwizard.core.setup.Environment;
import io.prometheus.client.CollectorRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.EnumSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Puts a simulation between a server and its routes. The shop and its partners share it. */
public final class SimulatedRoutes {
  private SimulatedRoutes() {}

  /**
   * Registers the filter with its metrics and delays. Call it after all other filters are
   * registered.
   *
   * @param tracing gives each delay a span
   * @param initial the setting until the caller puts another one in force
   * @param routes the routes that rules apply to
   * @param exempt the requests that no rule applies to
   * @param randomSeeds supplies the seed of settings without one
   * @return the simulation, for the caller to change and to show
   */
  public static LiveSimulation install(
      Environment environment,
      CollectorRegistry prometheus,
      Tracing tracing,
      StoredSetting initial,
      Routes routes,
      Predicate<HttpServletRequest> exempt,
      Clock clock,
      LongSupplier randomSeeds) {
    SimulationMetrics metrics = new SimulationMetrics(environment.metrics(), prometheus);
    LiveSimulation live = new LiveSimulation(initial, clock, randomSeeds, metrics::follow);
    Delays delays = new Delays(metrics, tracing);
    metrics.observe(live, delays);
    environment.lifecycle().manage(delays);
    environment.lifecycle().addEventListener(delays);

    var filter =
        environment
            .servlets()
            .addFilter(
                "simulation",
                new SimulationFilter(
                    live,
                    exempt,
                    routes,
                    delays,
                    metrics,
                    new ProblemWriter(environment.getObjectMapper())));
    filter.setAsyncSupported(true);
    // After the filter that sets the request id, so that a denial contains the id.
    filter.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), true, "/*");
    return live;
  }
}
