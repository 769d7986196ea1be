package io.boxoffice.simulation.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.simulation.rule.Delay;
import io.boxoffice.simulation.rule.Distribution;
import io.boxoffice.simulation.rule.Limits;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares 100,000 draws of each distribution with its theory, with a fixed seed. */
class DistributionTest {
  private static final int DRAWS = 100_000;

  /** Kolmogorov's bound at 1 percent: a correct sample exceeds it for one of 100 seeds. */
  private static final double CRITICAL_DISTANCE = 1.63 / Math.sqrt(DRAWS);

  /**
   * The theoretical values of a distribution.
   *
   * @param cdf the share of delays below a number of seconds, from an independent formula
   * @param mean the mean in seconds, without the cap
   * @param p99 the 99th percentile in seconds
   */
  record Theory(
      String name, Distribution distribution, DoubleUnaryOperator cdf, double mean, double p99) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Theory> theories() {
    return Stream.of(
        new Theory(
            "uniform",
            new Distribution.Uniform(seconds(1), seconds(4), null),
            x -> Math.min(1, Math.max(0, (x - 1) / 3)),
            2.5,
            3.97),
        new Theory(
            "normal",
            new Distribution.Normal(seconds(10), seconds(2), null),
            x -> normalCdf((x - 10) / 2),
            10,
            10 + 2 * 2.3263478740408408),
        new Theory(
            "lognormal",
            new Distribution.Lognormal(seconds(2), 0.5, null),
            x -> x <= 0 ? 0 : normalCdf(Math.log(x / 2) / 0.5),
            2 * Math.exp(0.125),
            2 * Math.exp(0.5 * 2.3263478740408408)),
        new Theory(
            "exponential",
            new Distribution.Exponential(seconds(2), null),
            x -> -Math.expm1(-x / 2),
            2,
            2 * Math.log(100)),
        new Theory(
            "pareto",
            new Distribution.Pareto(seconds(1), 3, null),
            x -> x < 1 ? 0 : 1 - Math.pow(1 / x, 3),
            1.5,
            Math.pow(100, 1.0 / 3)));
  }

  @ParameterizedTest
  @MethodSource("theories")
  void drawsFollowTheTheoreticalDistribution(Theory theory) {
    double[] sorted = draws(theory.distribution());

    assertThat(kolmogorovDistance(sorted, theory.cdf())).isLessThan(CRITICAL_DISTANCE);
    assertThat(Arrays.stream(sorted).average().orElseThrow())
        .isCloseTo(theory.mean(), within(0.01 * theory.mean()));
    assertThat(sorted[(int) (0.99 * DRAWS)]).isCloseTo(theory.p99(), within(0.03 * theory.p99()));
  }

  /** The negative control: the comparison must fail for a theory that is slightly wrong. */
  @Test
  void slightlyWrongTheoryFails() {
    double[] sorted = draws(new Distribution.Exponential(seconds(2), null));

    assertThat(kolmogorovDistance(sorted, x -> -Math.expm1(-x / 2.05)))
        .isGreaterThan(CRITICAL_DISTANCE);
  }

  @Test
  void fixedDelayIsConstant() {
    assertThat(draws(new Distribution.Fixed(seconds(2), null))).containsOnly(2.0);
  }

  @Test
  void normalQuantileIsExact() {
    Distribution standard = new Distribution.Normal(seconds(0), seconds(1), null);

    assertThat(standard.quantile(0.5)).isZero();
    assertThat(standard.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-14));
    assertThat(standard.quantile(0.99)).isCloseTo(2.3263478740408408, within(1e-14));
    assertThat(standard.quantile(1e-12)).isCloseTo(-7.034483825301131, within(1e-9));
    assertThat(standard.quantile(1e-300)).isCloseTo(-37.0471, within(1e-3));
  }

  @Test
  void noDelayIsBelowZeroOrAboveItsCapOrTheLimit() {
    Limits limits = new Limits(1, seconds(20));
    Delay wide = new Delay(100, new Distribution.Normal(seconds(1), seconds(15), seconds(8)));
    assertThat(wide.at(0.001, 1, limits)).isEqualTo(Duration.ZERO);
    assertThat(wide.at(0.999, 1, limits)).isEqualTo(seconds(8));

    Delay heavy = new Delay(100, new Distribution.Pareto(seconds(1), 0.01, null));
    assertThat(heavy.at(Math.nextDown(1.0), 100, limits)).isEqualTo(seconds(20));
  }

  @Test
  void factorMultipliesADelayUpToItsCap() {
    Delay fixed = new Delay(100, new Distribution.Fixed(seconds(2), seconds(5)));
    assertThat(fixed.at(0.5, 2, Limits.DEFAULT)).isEqualTo(seconds(4));
    assertThat(fixed.at(0.5, 3, Limits.DEFAULT)).isEqualTo(seconds(5));
  }

  private static org.assertj.core.data.Offset<Double> within(double distance) {
    return org.assertj.core.data.Offset.offset(distance);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static double[] draws(Distribution distribution) {
    Draws draws = new Draws(42, "a-rule");
    return LongStream.range(0, DRAWS)
        .mapToDouble(i -> distribution.quantile(draws.draw(Draws.Purpose.HOW_LONG, i)))
        .sorted()
        .toArray();
  }

  private static double kolmogorovDistance(double[] sorted, DoubleUnaryOperator cdf) {
    double distance = 0;
    for (int i = 0; i < sorted.length; i++) {
      double theory = cdf.applyAsDouble(sorted[i]);
      distance = Math.max(distance, theory - (double) i / sorted.length);
      distance = Math.max(distance, (double) (i + 1) / sorted.length - theory);
    }
    return distance;
  }

  /** Uses the series of the error function (Abramowitz and Stegun 7.1.6), exact enough up to 6. */
  private static double normalCdf(double z) {
    if (Math.abs(z) > 6) {
      return z < 0 ? 0 : 1;
    }
    double term = z;
    double sum = z;
    for (int n = 1; Math.abs(term) > 1e-17; n++) {
      term *= z * z / (2 * n + 1);
      sum += term;
    }
    return 0.5 + sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }
}
