package io.boxoffice.platform.metrics;

import io.boxoffice.platform.openapi.BuildInfo;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.health.HealthStateView;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Info;
import io.prometheus.client.hotspot.DefaultExports;
import io.prometheus.client.servlet.jakarta.exporter.MetricsServlet;
import java.util.stream.Collectors;

/** Serves {@code /metrics} on the admin port. docs/metrics.md lists all metrics. */
public final class PrometheusEndpoint {
  private PrometheusEndpoint() {}

  /**
   * Registers the servlet and returns the registry for metric families that Dropwizard cannot hold.
   */
  public static CollectorRegistry register(Environment environment, BuildInfo build) {
    CollectorRegistry prometheus = new CollectorRegistry();
    DefaultExports.register(prometheus);
    new DropwizardFamilies(environment.metrics()).register(prometheus);
    health(environment).register(prometheus);
    Info.build("boxoffice_build", "What runs here: version, commit, Java.")
        .register(prometheus)
        .info(
            "version",
            build.version(),
            "revision",
            build.revision(),
            "java",
            System.getProperty("java.version"));
    environment
        .admin()
        // This library exports the creation time of each series as another series, which nothing
        // here uses.
        .addServlet(
            "prometheus", new MetricsServlet(prometheus, name -> !name.endsWith("_created")))
        .addMapping("/metrics");
    return prometheus;
  }

  private static LabelledGauge health(Environment environment) {
    return new LabelledGauge(
        "health_check_healthy",
        "1 where a check of /health is healthy, else 0.",
        "check",
        () ->
            environment.health().healthStateAggregator().healthStateViews().stream()
                .collect(
                    Collectors.toMap(
                        HealthStateView::getName, view -> view.isHealthy() ? 1.0 : 0.0)));
  }
}
