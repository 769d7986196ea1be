package io.boxoffice.stress.crowd;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.stress.crowd.exit.StressException;
import io.boxoffice.stress.crowd.scenario.LoadScenario;
import io.boxoffice.stress.crowd.shop.Partner;
import io.boxoffice.stress.crowd.shop.Partner.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Lets the payment partner fail in the middle third of a run: in the first half of it the partner
 * charges and its answers are lost, then it is down. At the end its former setting is restored, and
 * if the run is killed, each failure ends by itself.
 */
final class PartnerOutage implements AutoCloseable {
  /** What happens from a second of the run on. */
  private record Step(double second, Runnable action) {}

  private final Partner partner;
  private final Consumer<String> say;
  private final JsonNode former;
  private final Deque<Step> steps = new ArrayDeque<>();
  private boolean failing;

  /**
   * Prepares the outage of a run.
   *
   * @param run how long buyers arrive
   * @throws StressException when the partner cannot be controlled
   */
  PartnerOutage(Partner partner, Duration run, Consumer<String> say) {
    this.partner = partner;
    this.say = say;
    this.former = partner.setting();
    Duration third = run.dividedBy(LoadScenario.OUTAGE_PART);
    Duration half = third.dividedBy(2);
    step(third, () -> fail(Failure.SILENT, third, "charges, and its answers are lost"));
    step(third.plus(half), () -> fail(Failure.DOWN, half, "is down"));
    step(third.plus(third), this::end);
  }

  private void step(Duration from, Runnable action) {
    steps.add(new Step(from.toMillis() / 1e3, action));
  }

  /** Does what is due; the run has taken this many seconds since its first buyer. */
  synchronized void follow(double elapsed) {
    while (!steps.isEmpty() && elapsed >= steps.peek().second()) {
      attempt(steps.remove().action());
    }
  }

  private void fail(Failure failure, Duration atMost, String text) {
    failing = true;
    partner.fail(failure, atMost);
    say.accept("the payment partner " + text);
  }

  private void end() {
    if (failing) {
      partner.restore(former);
      failing = false;
      say.accept("the payment partner works again");
    }
  }

  @Override
  public synchronized void close() {
    steps.clear();
    attempt(this::end);
  }

  private void attempt(Runnable action) {
    try {
      action.run();
    } catch (StressException failure) {
      say.accept("could not change the payment partner: " + failure.getMessage());
    }
  }
}
