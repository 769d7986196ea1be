package io.boxoffice.platform.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A gauge with one label, read at each scrape, for sets of label values that change over time. */
public final class LabelledGauge extends Collector implements Collector.Describable {
  private final String name;
  private final String help;
  private final List<String> label;
  private final Supplier<Map<String, Double>> values;

  /**
   * Creates the gauge. Its values must come from memory, never from a database.
   *
   * @param values by the label's value
   */
  public LabelledGauge(
      String name, String help, String label, Supplier<Map<String, Double>> values) {
    this.name = name;
    this.help = help;
    this.label = List.of(label);
    this.values = values;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    GaugeMetricFamily family = new GaugeMetricFamily(name, help, label);
    values.get().forEach((value, sample) -> family.addMetric(List.of(value), sample));
    return List.of(family);
  }

  @Override
  public List<MetricFamilySamples> describe() {
    return List.of(new GaugeMetricFamily(name, help, label));
  }
}
