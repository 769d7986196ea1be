package io.boxoffice.partners.payment;

import io.boxoffice.partners.delay.DelayText;
import io.boxoffice.platform.StartupException;
import io.boxoffice.simulation.draw.Decider;
import io.boxoffice.simulation.draw.Decision;
import io.boxoffice.simulation.rule.Delay;
import io.boxoffice.simulation.rule.Denial;
import io.boxoffice.simulation.rule.Distribution;
import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.Rule;
import io.boxoffice.simulation.rule.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides what happens to each charge and each callback, by the draws of the shop's simulation. The
 * n-th charge and the n-th callback of a ledger are the same in every run with the same seed.
 */
final class Behaviour {
  private static final Limits LIMITS =
      new Limits(Limits.DEFAULT.maxActiveDelays(), Duration.ofMinutes(5));
  private static final Rule.Match ALL = new Rule.Match(List.of(), null);
  private static final int DECLINED = 402;
  private static final Duration DUPLICATE_AFTER = Duration.ofSeconds(1);

  /**
   * What happens to one charge.
   *
   * @param delay until it is made
   * @param declineReason null if it succeeds
   * @param lost whether its answer is lost
   */
  record Fate(Duration delay, String declineReason, boolean lost) {}

  private final PaymentSettings settings;
  private final Rule charge;
  private final Rule callback;
  private final Rule duplicate;
  private final AtomicLong charges;
  private final AtomicLong callbacks = new AtomicLong();

  /**
   * Reads the settings.
   *
   * @param chargesBefore how many charges the ledger has, so that a restart repeats no draw
   * @throws StartupException when a distribution is wrong
   */
  Behaviour(PaymentSettings settings, int chargesBefore) {
    this.settings = settings;
    this.charges = new AtomicLong(chargesBefore);
    this.charge =
        new Rule(
            "payment-charge",
            ALL,
            Rule.Phase.RESPONSE,
            new Delay(100, DelayText.parse("PAYMENT_DELAY", settings.delay())),
            new Denial(
                settings.declinePercent(),
                Denial.When.AFTER_DELAY,
                new Denial.Outcome(DECLINED, TestToken.TOK_DECLINED.declineReason(), null),
                null),
            new Rule.Loss(settings.lostPercent()));
    this.callback =
        delaying(
            "payment-callback",
            100,
            DelayText.parse("PAYMENT_CALLBACK_DELAY", settings.callbacks().delay()));
    this.duplicate =
        delaying(
            "payment-duplicate",
            settings.callbacks().duplicatePercent(),
            new Distribution.Fixed(DUPLICATE_AFTER, null));
  }

  private static Rule delaying(String id, double percent, Distribution distribution) {
    return new Rule(id, ALL, Rule.Phase.REQUEST, new Delay(percent, distribution), null, null);
  }

  /** Decides the next charge. Only {@code tok_ok} is declined or lost by chance. */
  Fate nextCharge(TestToken token) {
    Decision drawn = draw(charge, charges.getAndIncrement());
    return switch (token) {
      case TOK_OK ->
          new Fate(drawn.delay(), drawn.isDenied() ? drawn.refusal().code() : null, drawn.lost());
      case TOK_DECLINED, TOK_INSUFFICIENT -> new Fate(drawn.delay(), token.declineReason(), false);
      case TOK_LOST -> new Fate(drawn.delay(), null, true);
      case TOK_SLOW -> new Fate(settings.slowDelay().toJavaDuration(), null, false);
      case TOK_LATE -> new Fate(settings.lateDelay().toJavaDuration(), null, false);
    };
  }

  /** Returns after which delays the next callback is sent: one, or two for a duplicate. */
  List<Duration> nextCallback() {
    long number = callbacks.getAndIncrement();
    Duration delay = draw(callback, number).delay();
    Duration again = draw(duplicate, number).delay();
    return again.isZero() ? List.of(delay) : List.of(delay, delay.plus(again));
  }

  private Decision draw(Rule rule, long number) {
    return Decider.decide(rule, settings.seed(), number, Scenario.Position.NONE, LIMITS);
  }
}
