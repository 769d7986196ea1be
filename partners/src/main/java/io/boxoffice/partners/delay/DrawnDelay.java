package io.boxoffice.partners.delay;

import io.boxoffice.platform.StartupException;
import io.boxoffice.simulation.draw.Decider;
import io.boxoffice.simulation.rule.Delay;
import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.Rule;
import io.boxoffice.simulation.rule.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Draws the delay of each effect of a role, by the draws of the shop's simulation. The n-th delay
 * after a start is the same in every run.
 */
public final class DrawnDelay {
  private static final Limits LIMITS =
      new Limits(Limits.DEFAULT.maxActiveDelays(), Duration.ofMinutes(5));
  private static final long SEED = 1;

  private final Rule rule;
  private final AtomicLong count = new AtomicLong();

  /**
   * Reads the setting.
   *
   * @param name the environment variable, for the message
   * @param text in the form of {@link DelayText}
   * @throws StartupException when it is neither a duration nor a distribution
   */
  public DrawnDelay(String name, String text) {
    this.rule =
        new Rule(
            "delay",
            new Rule.Match(List.of(), null),
            Rule.Phase.REQUEST,
            new Delay(100, DelayText.parse(name, text)),
            null,
            null);
  }

  /** Draws the next delay, 5 minutes at most. */
  public Duration next() {
    return Decider.decide(rule, SEED, count.getAndIncrement(), Scenario.Position.NONE, LIMITS)
        .delay();
  }
}
