package io.boxoffice.simulation.rule;

import com.google.common.collect.ImmutableSortedMap;
import java.time.Duration;
import java.util.SortedMap;
import java.util.function.Function;

/** Reads a delay distribution from JSON and checks that its parameters are valid. */
final class DistributionParser {
  private static final double SMALLEST_SHAPE = 0.01;
  private static final double LARGEST_SHAPE = 100;

  private final Duration maxDelay;
  private final SortedMap<String, Function<Fields, Distribution>> kinds =
      ImmutableSortedMap.of(
          "fixed", this::fixed,
          "uniform", this::uniform,
          "normal", this::normal,
          "lognormal", this::lognormal,
          "exponential", this::exponential,
          "pareto", this::pareto);

  /**
   * Creates the parser.
   *
   * @param limits delays above its longest delay are an error
   */
  DistributionParser(Limits limits) {
    this.maxDelay = limits.maxDelay();
  }

  Distribution parse(Fields fields) {
    Function<Fields, Distribution> kind = kinds.get(fields.get("type").asText());
    if (kind == null) {
      fields.wrong("type", "must be one of " + String.join(", ", kinds.keySet()));
      return null;
    }
    Distribution distribution = kind.apply(fields);
    fields.refuseOthers();
    return distribution;
  }

  private Distribution fixed(Fields fields) {
    return new Distribution.Fixed(length(fields, "value"), cap(fields));
  }

  private Distribution uniform(Fields fields) {
    Duration min = length(fields, "min");
    Duration max = length(fields, "max");
    if (fields.has("max") && min.compareTo(max) > 0) {
      fields.wrong("min", "must not be over max");
    }
    return new Distribution.Uniform(min, max, cap(fields));
  }

  private Distribution normal(Fields fields) {
    return new Distribution.Normal(
        length(fields, "mean"), positive(fields, "deviation"), cap(fields));
  }

  private Distribution lognormal(Fields fields) {
    return new Distribution.Lognormal(
        positive(fields, "median"), fields.requiredNumber("sigma", 0.01, 5), cap(fields));
  }

  private Distribution exponential(Fields fields) {
    return new Distribution.Exponential(positive(fields, "mean"), cap(fields));
  }

  private Distribution pareto(Fields fields) {
    return new Distribution.Pareto(
        positive(fields, "min"),
        fields.requiredNumber("shape", SMALLEST_SHAPE, LARGEST_SHAPE),
        cap(fields));
  }

  private Duration cap(Fields fields) {
    return fields.duration("cap", Duration.ofMillis(1), maxDelay, null);
  }

  private Duration length(Fields fields, String name) {
    return fields.requiredDuration(name, Duration.ZERO, maxDelay);
  }

  private Duration positive(Fields fields, String name) {
    return fields.requiredDuration(name, Duration.ofMillis(1), maxDelay);
  }
}
