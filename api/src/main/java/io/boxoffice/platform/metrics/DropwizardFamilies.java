package io.boxoffice.platform.metrics;

import com.codahale.metrics.MetricFilter;
import com.codahale.metrics.MetricRegistry;
import io.prometheus.client.Collector;
import io.prometheus.client.dropwizard.DropwizardExports;
import io.prometheus.client.dropwizard.samplebuilder.CustomMappingSampleBuilder;
import io.prometheus.client.dropwizard.samplebuilder.MapperConfig;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Exports the listed metrics of Dropwizard's registry. The bridge turns dotted names into families
 * and labels; each family gets its own help text in place of the bridge's. Metrics that are not
 * listed here are not exported.
 */
final class DropwizardFamilies extends Collector implements Collector.Describable {
  private static final List<Exported> EXPORTED =
      Stream.of(PlatformFamilies.LIST, ShopFamilies.LIST, MessageFamilies.LIST)
          .flatMap(List::stream)
          .toList();

  private static final Map<String, String> HELP =
      EXPORTED.stream()
          .collect(Collectors.toMap(Exported::family, Exported::help, (one, same) -> one));

  private final DropwizardExports bridge;

  DropwizardFamilies(MetricRegistry metrics) {
    this.bridge =
        new DropwizardExports(
            metrics,
            onlyExported(),
            new CustomMappingSampleBuilder(
                EXPORTED.stream()
                    .map(one -> new MapperConfig(one.match(), one.family(), one.labels()))
                    .toList()));
  }

  private static MetricFilter onlyExported() {
    List<Pattern> patterns =
        EXPORTED.stream()
            .map(one -> one.match().replace(".", "\\.").replace("*", "[^.]*"))
            .map(Pattern::compile)
            .toList();
    return (name, metric) -> patterns.stream().anyMatch(one -> one.matcher(name).matches());
  }

  @Override
  public List<MetricFamilySamples> collect() {
    return bridge.collect().stream()
        .map(
            family ->
                new MetricFamilySamples(
                    family.name, family.unit, family.type, HELP.get(family.name), family.samples))
        .toList();
  }

  @Override
  public List<MetricFamilySamples> describe() {
    return bridge.describe();
  }
}
