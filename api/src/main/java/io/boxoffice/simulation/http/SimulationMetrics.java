package io.boxoffice.simulation.http;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.metrics.LabelledGauge;
import io.boxoffice.simulation.rule.Rule;
import io.boxoffice.simulation.rule.Setting;
import io.boxoffice.simulation.setting.LiveSimulation;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Histogram;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Counts what the simulation does, so that operators can tell it from real failures. */
public final class SimulationMetrics {
  private static final String PREFIX = "simulation.";
  private static final String DELAYS = PREFIX + "delays.";
  private static final String DENIALS = PREFIX + "denials.";
  private static final String LOSSES = PREFIX + "losses.";

  /** The counters of one rule. */
  private record RuleMeters(Meter delays, Meter denials, Meter losses) {}

  private final MetricRegistry metrics;
  private final CollectorRegistry prometheus;
  private final Map<String, RuleMeters> byRule = new ConcurrentHashMap<>();
  private final Meter overflow;
  private final Histogram delays;

  /** Registers what does not depend on the setting. */
  public SimulationMetrics(MetricRegistry metrics, CollectorRegistry prometheus) {
    this.metrics = metrics;
    this.prometheus = prometheus;
    this.overflow = metrics.meter(PREFIX + "overflow");
    this.delays =
        Histogram.build()
            .name("simulation_delay_seconds")
            .help("How long the simulation really made a request wait.")
            .buckets(
                .01, .025, .05, .1, .25, .3, .5, .75, 1, 1.25, 1.5, 1.75, 1.9, 2, 2.1, 2.25, 2.5, 3,
                3.5, 4, 5, 7.5, 10, 15, 20, 30, 60)
            .register(prometheus);
  }

  /** Registers gauges that show the current state. */
  public void observe(LiveSimulation simulation, Delays slots) {
    metrics.registerGauge(PREFIX + "active-delays", slots::takenSlots);
    metrics.registerGauge(
        PREFIX + "setting-version", (Gauge<Long>) () -> simulation.stored().version());
    metrics.registerGauge(
        PREFIX + "scenario-phase", (Gauge<Integer>) () -> simulation.position().stage());
    metrics.registerGauge(
        PREFIX + "changed-timestamp", (Gauge<Double>) () -> seconds(simulation.since()));
    new LabelledGauge(
            "simulation_active",
            "1 for the profile that all requests get.",
            "profile",
            () -> Map.of(simulation.setting().activeProfile(), 1.0))
        .register(prometheus);
  }

  /**
   * Registers the counters of a setting's rules, and removes those of rules that no longer exist.
   */
  public void follow(Setting setting) {
    Set<String> rules =
        setting.profiles().values().stream()
            .flatMap(profile -> profile.rules().stream())
            .map(Rule::id)
            .collect(Collectors.toSet());
    rules.forEach(this::of);
    byRule.keySet().stream().filter(rule -> !rules.contains(rule)).forEach(this::forget);
  }

  void delayed(String rule) {
    of(rule).delays().mark();
  }

  void denied(String rule) {
    of(rule).denials().mark();
  }

  void lost(String rule) {
    of(rule).losses().mark();
  }

  void overflowed() {
    overflow.mark();
  }

  void waited(long nanoseconds) {
    delays.observe((double) nanoseconds / TimeUnit.SECONDS.toNanos(1));
  }

  private RuleMeters of(String rule) {
    return byRule.computeIfAbsent(
        rule,
        id ->
            new RuleMeters(
                metrics.meter(DELAYS + id),
                metrics.meter(DENIALS + id),
                metrics.meter(LOSSES + id)));
  }

  private void forget(String rule) {
    byRule.remove(rule);
    metrics.remove(DELAYS + rule);
    metrics.remove(DENIALS + rule);
    metrics.remove(LOSSES + rule);
  }

  private static double seconds(Instant instant) {
    return instant.getEpochSecond() + instant.getNano() / 1e9;
  }
}
