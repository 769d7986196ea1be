package io.boxoffice.simulation.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.simulation.rule.Delay;
import io.boxoffice.simulation.rule.Denial;
import io.boxoffice.simulation.rule.Distribution;
import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.RetryAfter;
import io.boxoffice.simulation.rule.Rule;
import io.boxoffice.simulation.rule.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Tests that decisions have the configured rates and depend only on the seed, not on threads. */
class DeciderTest {
  private static final int DRAWS = 100_000;
  private static final Rule RULE =
      rule(
          new Denial(
              9.9,
              Denial.When.BEFORE_DELAY,
              new Denial.Outcome(
                  409,
                  "simulated-denial",
                  new RetryAfter(Duration.ofSeconds(2), Duration.ofSeconds(6))),
              null));

  @Test
  void denialRateFollowsABinomialDistribution() {
    long denied = decisions(RULE, 42).stream().filter(Decision::isDenied).count();

    // Four standard deviations: a correct share is outside for one of 16,000 seeds.
    double deviation = Math.sqrt(DRAWS * 0.099 * 0.901);
    assertThat((double) denied)
        .isBetween(DRAWS * 0.099 - 4 * deviation, DRAWS * 0.099 + 4 * deviation);
  }

  @Test
  void sameSeedGivesSameDecisionsOnAnyNumberOfThreads() {
    List<Decision> inOrder = decisions(RULE, 42);
    List<Decision> onAllThreads =
        LongStream.range(0, DRAWS).parallel().mapToObj(i -> decide(RULE, 42, i)).toList();

    assertThat(onAllThreads).isEqualTo(inOrder);
  }

  @Test
  void anotherSeedOrRuleGivesOtherDecisions() {
    Rule namedOtherwise =
        new Rule("another", RULE.match(), RULE.phase(), RULE.delay(), RULE.denial(), null);
    List<Duration> delays = delays(RULE, 42);

    assertThat(shareOfEqualDelays(delays, delays(RULE, 43))).isLessThan(0.05);
    assertThat(shareOfEqualDelays(delays, delays(namedOtherwise, 42))).isLessThan(0.05);
  }

  @Test
  void delayAndDenialAreDrawnIndependently() {
    Rule after =
        rule(
            new Denial(
                50, Denial.When.AFTER_DELAY, new Denial.Outcome(503, "overloaded", null), null));
    Map<Boolean, Double> meanDelay =
        decisions(after, 7).stream()
            .collect(
                Collectors.groupingBy(
                    Decision::isDenied,
                    Collectors.averagingDouble(decision -> Delay.seconds(decision.delay()))));

    // The mean of 50,000 draws of uniform(1, 4) has a standard deviation of 0.004 s.
    assertThat(meanDelay.get(true)).isBetween(2.48, 2.52);
    assertThat(meanDelay.get(false)).isBetween(2.48, 2.52);
  }

  @Test
  void requestDeniedBeforeItsDelayIsNotDelayed() {
    assertThat(decisions(RULE, 1))
        .filteredOn(Decision::isDenied)
        .allMatch(decision -> decision.delay().isZero())
        .allSatisfy(decision -> assertThat(decision.refusal().retryAfterSeconds()).isBetween(3, 6));
  }

  @Test
  void lostResponseIsDelayedAndNotDenied() {
    Rule lossy =
        new Rule(
            RULE.id(),
            RULE.match(),
            Rule.Phase.RESPONSE,
            RULE.delay(),
            RULE.denial(),
            new Rule.Loss(50));

    assertThat(decisions(lossy, 42))
        .filteredOn(Decision::lost)
        .allMatch(decision -> decision.refusal() == null && decision.isDelayed());
    assertThat(decisions(lossy, 42)).anyMatch(Decision::isDenied);
  }

  @Test
  void outcomesAreDrawnInProportionToTheirWeights() {
    Rule weighted =
        rule(
            new Denial(
                100,
                Denial.When.BEFORE_DELAY,
                null,
                List.of(
                    new Denial.WeightedOutcome(0, new Denial.Outcome(418, "never", null)),
                    new Denial.WeightedOutcome(3, new Denial.Outcome(503, "overloaded", null)),
                    new Denial.WeightedOutcome(1, new Denial.Outcome(500, "broken", null)))));
    Map<Integer, Long> counts =
        decisions(weighted, 42).stream()
            .map(decision -> decision.refusal().status())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    assertThat(counts).containsOnlyKeys(503, 500);
    // Chi-square with one degree of freedom, at 0.1 percent.
    double expected = DRAWS * 0.75;
    double chiSquare =
        Math.pow(counts.get(503) - expected, 2) / expected
            + Math.pow(counts.get(500) - DRAWS * 0.25, 2) / (DRAWS * 0.25);
    assertThat(chiSquare).isLessThan(10.83);
  }

  @Test
  void scenarioFactorsChangeDelayAndDenial() {
    Scenario.Position strong = new Scenario.Position(2, 3, 5);
    Decision plain = Decider.decide(slow(), 42, 0, Scenario.Position.NONE, Limits.DEFAULT);
    Decision grown = Decider.decide(slow(), 42, 0, strong, Limits.DEFAULT);
    long denied =
        LongStream.range(0, DRAWS)
            .filter(i -> Decider.decide(RULE, 42, i, strong, Limits.DEFAULT).isDenied())
            .count();

    assertThat(grown.delay().toMillis()).isEqualTo(plain.delay().multipliedBy(3).toMillis());
    assertThat(denied / (double) DRAWS).isBetween(0.488, 0.502);
  }

  private static Rule slow() {
    return rule(null);
  }

  private static Rule rule(Denial denial) {
    return new Rule(
        "slow-and-picky",
        new Rule.Match(List.of(), null),
        Rule.Phase.REQUEST,
        new Delay(
            100, new Distribution.Uniform(Duration.ofSeconds(1), Duration.ofSeconds(4), null)),
        denial,
        null);
  }

  private static Decision decide(Rule rule, long seed, long sequence) {
    return Decider.decide(rule, seed, sequence, Scenario.Position.NONE, Limits.DEFAULT);
  }

  private static List<Decision> decisions(Rule rule, long seed) {
    return LongStream.range(0, DRAWS).mapToObj(i -> decide(rule, seed, i)).toList();
  }

  private static List<Duration> delays(Rule rule, long seed) {
    Rule undenied = new Rule(rule.id(), rule.match(), rule.phase(), rule.delay(), null, null);
    return decisions(undenied, seed).stream().map(Decision::delay).toList();
  }

  private static double shareOfEqualDelays(List<Duration> some, List<Duration> others) {
    return LongStream.range(0, DRAWS)
            .filter(i -> some.get((int) i).equals(others.get((int) i)))
            .count()
        / (double) DRAWS;
  }
}
