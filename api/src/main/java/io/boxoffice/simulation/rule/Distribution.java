package io.boxoffice.simulation.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Describes the length of delays as a probability distribution. Each kind is defined by its
 * quantile function, which maps a uniform random number between 0 and 1 to seconds (inverse
 * transform sampling; Devroye, "Non-Uniform Random Variate Generation", 1986, chapter II.2).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Distribution.Fixed.class, name = "fixed"),
  @JsonSubTypes.Type(value = Distribution.Uniform.class, name = "uniform"),
  @JsonSubTypes.Type(value = Distribution.Normal.class, name = "normal"),
  @JsonSubTypes.Type(value = Distribution.Lognormal.class, name = "lognormal"),
  @JsonSubTypes.Type(value = Distribution.Exponential.class, name = "exponential"),
  @JsonSubTypes.Type(value = Distribution.Pareto.class, name = "pareto")
})
@Schema(
    description =
        "fixed {value}, uniform {min, max}, normal {mean, deviation}, lognormal {median, sigma},"
            + " exponential {mean} or pareto {min, shape}; each with an optional cap",
    example = "{\"type\": \"uniform\", \"min\": \"1s\", \"max\": \"4s\"}")
public sealed interface Distribution {
  /** The normal distribution with mean 0 and deviation 1. */
  NormalDistribution STANDARD_NORMAL = NormalDistribution.of(0, 1);

  /** The longest delay, or null for the setting's limit. */
  Duration cap();

  /**
   * Returns the delay in seconds that the given share of all delays does not exceed, without the
   * cap.
   *
   * @param probability the share, above 0 and below 1
   */
  double quantile(double probability);

  /** Every delay has the same length. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Fixed(
      @JsonSerialize(using = DurationText.Serializer.class) Duration value,
      @JsonSerialize(using = DurationText.Serializer.class) Duration cap)
      implements Distribution {
    @Override
    public double quantile(double probability) {
      return Delay.seconds(value);
    }
  }

  /** Every length between two bounds is equally likely. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Uniform(
      @JsonSerialize(using = DurationText.Serializer.class) Duration min,
      @JsonSerialize(using = DurationText.Serializer.class) Duration max,
      @JsonSerialize(using = DurationText.Serializer.class) Duration cap)
      implements Distribution {
    @Override
    public double quantile(double probability) {
      return Delay.seconds(min) + probability * Delay.seconds(max.minus(min));
    }
  }

  /** The normal distribution. A value below zero means no delay. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Normal(
      @JsonSerialize(using = DurationText.Serializer.class) Duration mean,
      @JsonSerialize(using = DurationText.Serializer.class) Duration deviation,
      @JsonSerialize(using = DurationText.Serializer.class) Duration cap)
      implements Distribution {
    @Override
    public double quantile(double probability) {
      return Delay.seconds(mean)
          + Delay.seconds(deviation) * STANDARD_NORMAL.inverseCumulativeProbability(probability);
    }
  }

  /**
   * The lognormal distribution: its logarithm is normally distributed. Most delays are short and a
   * few are long, which is typical of services and payments.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Lognormal(
      @JsonSerialize(using = DurationText.Serializer.class) Duration median,
      double sigma,
      @JsonSerialize(using = DurationText.Serializer.class) Duration cap)
      implements Distribution {
    @Override
    public double quantile(double probability) {
      return Delay.seconds(median)
          * Math.exp(sigma * STANDARD_NORMAL.inverseCumulativeProbability(probability));
    }
  }

  /** The exponential distribution: the time until the next of many independent events. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Exponential(
      @JsonSerialize(using = DurationText.Serializer.class) Duration mean,
      @JsonSerialize(using = DurationText.Serializer.class) Duration cap)
      implements Distribution {
    @Override
    public double quantile(double probability) {
      return -Delay.seconds(mean) * Math.log1p(-probability);
    }
  }

  /** The Pareto distribution, with a few very long delays. A smaller shape makes them longer. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Pareto(
      @JsonSerialize(using = DurationText.Serializer.class) Duration min,
      double shape,
      @JsonSerialize(using = DurationText.Serializer.class) Duration cap)
      implements Distribution {
    @Override
    public double quantile(double probability) {
      return Delay.seconds(min) * Math.exp(-Math.log1p(-probability) / shape);
    }
  }
}
