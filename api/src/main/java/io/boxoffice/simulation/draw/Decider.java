package io.boxoffice.simulation.draw;

import io.boxoffice.simulation.draw.Draws.Purpose;
import io.boxoffice.simulation.rule.Delay;
import io.boxoffice.simulation.rule.Denial;
import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.Rule;
import io.boxoffice.simulation.rule.Scenario;
import java.time.Duration;

/**
 * Computes what a rule does to one request, from the seed and the request's number in the rule's
 * sequence. It has no side effects, so equal inputs give equal decisions.
 */
public final class Decider {
  private Decider() {}

  /**
   * Decides one request.
   *
   * @param sequence the number of the request among those that the rule matches, from 0
   * @param position the position in the scenario of the profile
   */
  public static Decision decide(
      Rule rule, long seed, long sequence, Scenario.Position position, Limits limits) {
    Draws draws = new Draws(seed, rule.id());
    boolean lost = isLost(rule.lose(), draws, sequence, position);
    // The client receives nothing of a lost response, so the rule denies nothing.
    Decision.Refusal refusal = lost ? null : refusal(rule.denial(), draws, sequence, position);
    boolean deniedBeforeDelay = refusal != null && rule.denial().when() == Denial.When.BEFORE_DELAY;
    return new Decision(
        rule.id(),
        rule.phase(),
        deniedBeforeDelay ? Duration.ZERO : delay(rule.delay(), draws, sequence, position, limits),
        refusal,
        lost);
  }

  /** Converts a percentage to a share, multiplies it by a factor and limits it to 1. */
  static double share(double percent, double factor) {
    return Math.min(1, percent / 100 * factor);
  }

  private static boolean isLost(
      Rule.Loss loss, Draws draws, long sequence, Scenario.Position position) {
    return loss != null
        && draws.draw(Purpose.WHETHER_LOST, sequence) < share(loss.percent(), position.denial());
  }

  private static Duration delay(
      Delay delay, Draws draws, long sequence, Scenario.Position position, Limits limits) {
    return delay == null
            || draws.draw(Purpose.WHETHER_DELAYED, sequence) >= share(delay.percent(), 1)
        ? Duration.ZERO
        : delay.at(draws.draw(Purpose.HOW_LONG, sequence), position.delay(), limits);
  }

  private static Decision.Refusal refusal(
      Denial denial, Draws draws, long sequence, Scenario.Position position) {
    if (denial == null
        || draws.draw(Purpose.WHETHER_DENIED, sequence)
            >= share(denial.percent(), position.denial())) {
      return null;
    }
    Denial.Outcome outcome = denial.outcomeAt(draws.draw(Purpose.WHICH_OUTCOME, sequence));
    return new Decision.Refusal(
        outcome.status(),
        outcome.code(),
        outcome.retryAfter() == null
            ? null
            : outcome.retryAfter().secondsAt(draws.draw(Purpose.RETRY_AFTER, sequence)));
  }
}
