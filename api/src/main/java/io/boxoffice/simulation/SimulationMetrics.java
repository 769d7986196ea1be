package io.boxoffice.simulation;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Histogram;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Counts what the simulation does, so that none of it can be mistaken for real trouble. */
final class SimulationMetrics {
  private static final String PREFIX = "simulation.";
  private static final String[] BY_RULE = {"delays", "denials", "losses"};

  private final MetricRegistry metrics;
  private final Meter overflow;
  private final Histogram delays;

  SimulationMetrics(MetricRegistry metrics, CollectorRegistry prometheus) {
    this.metrics = metrics;
    this.overflow = metrics.meter(PREFIX + "overflow");
    this.delays =
        Histogram.build()
            .name("simulation_delay_seconds")
            .help("How long the simulation really made a request wait.")
            .buckets(
                .01, .025, .05, .1, .25, .5, .75, 1, 1.25, 1.5, 1.75, 1.9, 2, 2.1, 2.25, 2.5, 3,
                3.5, 4, 5, 7.5, 10, 15, 20, 30, 60)
            .register(prometheus);
  }

  /** Shows what is going on at this moment. */
  void observe(LiveSimulation simulation, Delays waiting) {
    metrics.registerGauge(PREFIX + "active-delays", waiting::active);
    metrics.registerGauge(
        PREFIX + "setting-version", (Gauge<Long>) () -> simulation.stored().version());
    metrics.registerGauge(
        PREFIX + "scenario-phase", (Gauge<Integer>) () -> simulation.position().phase());
  }

  /** Shows the rules of a setting from 0 on, and forgets those of settings before it. */
  void follow(Setting setting) {
    Set<String> names = new HashSet<>();
    setting.profiles().values().stream()
        .flatMap(profile -> profile.rules().stream())
        .forEach(
            rule -> {
              for (String kind : BY_RULE) {
                names.add(name(kind, rule.id()));
              }
            });
    names.forEach(metrics::meter);
    metrics.removeMatching(
        (name, metric) -> metric instanceof Meter && isByRule(name) && !names.contains(name));
  }

  void delayed(String rule) {
    metrics.meter(name("delays", rule)).mark();
  }

  void denied(String rule) {
    metrics.meter(name("denials", rule)).mark();
  }

  void lost(String rule) {
    metrics.meter(name("losses", rule)).mark();
  }

  void overflowed() {
    overflow.mark();
  }

  void waited(long nanoseconds) {
    delays.observe((double) nanoseconds / TimeUnit.SECONDS.toNanos(1));
  }

  private static boolean isByRule(String name) {
    for (String kind : BY_RULE) {
      if (name.startsWith(PREFIX + kind + ".")) {
        return true;
      }
    }
    return false;
  }

  private static String name(String kind, String rule) {
    return PREFIX + kind + "." + rule;
  }
}
