package io.boxoffice.metrics;

import com.codahale.metrics.MetricFilter;
import com.google.common.collect.ImmutableMap;
import io.dropwizard.core.setup.Environment;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.dropwizard.DropwizardExports;
import io.prometheus.client.dropwizard.samplebuilder.CustomMappingSampleBuilder;
import io.prometheus.client.dropwizard.samplebuilder.MapperConfig;
import io.prometheus.client.hotspot.DefaultExports;
import io.prometheus.client.servlet.jakarta.exporter.MetricsServlet;
import java.util.List;
import java.util.Set;

/**
 * Serves {@code /metrics} on the admin port. Dropwizard's dotted names become families and labels
 * here, and only what is listed here goes out.
 */
public final class PrometheusEndpoint {
  /** The name under which the connection pool must be built for its gauges to go out. */
  public static final String POOL_NAME = "postgresql";

  private static final String POOL = "io.dropwizard.db.ManagedPooledDataSource." + POOL_NAME + ".";
  private static final Set<String> NAMES =
      Set.of("tickets.sold", "sales.desk.queue.depth", "stock.invariant.violations");
  private static final List<String> PREFIXES =
      List.of("http.requests.", "purchases.", "simulation.");
  private static final Set<String> POOL_STATES = Set.of("active", "idle", "waiting");

  /** Labels go out in the order in which they stand here. */
  private static final List<MapperConfig> MAPPINGS =
      List.of(
          new MapperConfig(
              "http.requests.*.*.*.*",
              "http_requests",
              ImmutableMap.of(
                  "method", "${0}", "route", "${1}", "status", "${2}", "simulated", "${3}")),
          new MapperConfig("purchases.*", "purchases", ImmutableMap.of("outcome", "${0}")),
          new MapperConfig("tickets.sold", "tickets_sold", ImmutableMap.of()),
          new MapperConfig(
              "simulation.delays.*", "simulation_delays", ImmutableMap.of("rule", "${0}")),
          new MapperConfig(
              "simulation.denials.*", "simulation_denials", ImmutableMap.of("rule", "${0}")),
          new MapperConfig(
              "simulation.losses.*", "simulation_losses", ImmutableMap.of("rule", "${0}")),
          new MapperConfig(
              POOL + "*", "database_pool_connections", ImmutableMap.of("state", "${0}")));

  private PrometheusEndpoint() {}

  /** Registers the servlet and gives the registry for families that Dropwizard cannot hold. */
  public static CollectorRegistry register(Environment environment) {
    CollectorRegistry prometheus = new CollectorRegistry();
    DefaultExports.register(prometheus);
    new DropwizardExports(
            environment.metrics(), exported(), new CustomMappingSampleBuilder(MAPPINGS))
        .register(prometheus);
    environment
        .admin()
        .addServlet("prometheus", new MetricsServlet(prometheus))
        .addMapping("/metrics");
    return prometheus;
  }

  private static MetricFilter exported() {
    return (name, metric) ->
        NAMES.contains(name)
            || PREFIXES.stream().anyMatch(name::startsWith)
            || (name.startsWith(POOL) && POOL_STATES.contains(name.substring(POOL.length())));
  }
}
