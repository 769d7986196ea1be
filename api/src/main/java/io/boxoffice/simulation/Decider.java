package io.boxoffice.simulation;

import io.boxoffice.simulation.Draws.Purpose;
import java.time.Duration;

/** Decides, and does nothing else: what a rule does to the request at one place of its sequence. */
final class Decider {
  private Decider() {}

  static Decision decide(
      Rule rule, long seed, long sequence, Scenario.Position position, Limits limits) {
    Draws draws = new Draws(seed, rule.id());
    Decision.Refusal refusal = refusal(rule.denial(), draws, sequence, position);
    boolean spared = refusal != null && rule.denial().when() == Denial.When.BEFORE_DELAY;
    return new Decision(
        rule.id(),
        rule.phase(),
        spared ? Duration.ZERO : delay(rule.delay(), draws, sequence, position, limits),
        refusal,
        rule.lose() != null
            && draws.draw(Purpose.WHETHER_LOST, sequence)
                < share(rule.lose().percent(), position.denial()));
  }

  /** A percentage as a share of 1, grown by a factor; all is the most there is. */
  static double share(double percent, double factor) {
    return Math.min(1, percent / 100 * factor);
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
