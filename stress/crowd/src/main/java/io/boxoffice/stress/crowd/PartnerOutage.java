package io.boxoffice.stress.crowd;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.stress.crowd.exit.StressException;
import io.boxoffice.stress.crowd.scenario.LoadScenario;
import io.boxoffice.stress.crowd.shop.Partner;
import io.boxoffice.stress.crowd.shop.Partner.Failure;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lets the payment partner fail in the middle third of a run: in the first half of it the partner
 * charges and its answers are lost, then it is down. At the end its former setting is restored, and
 * if the run is killed, each failure ends by itself.
 */
final class PartnerOutage implements AutoCloseable {
  private final Partner partner;
  private final Consumer<String> say;
  private final JsonNode former;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "outage");
            thread.setDaemon(true);
            return thread;
          });
  private boolean failing;
  private boolean closed;

  /**
   * Prepares the outage of a run.
   *
   * @throws StressException when the partner cannot be controlled
   */
  PartnerOutage(Partner partner, Consumer<String> say) {
    this.partner = partner;
    this.say = say;
    this.former = partner.setting();
  }

  /** The run begins now, and takes this long. */
  void begin(Duration run) {
    Duration from = run.dividedBy(LoadScenario.OUTAGE_PART);
    Duration half = from.dividedBy(2);
    at(from, () -> fail(Failure.SILENT, from, "charges, and its answers are lost"));
    at(from.plus(half), () -> fail(Failure.DOWN, half, "is down"));
    at(from.plus(from), this::end);
  }

  private void at(Duration delay, Runnable step) {
    var unused = timer.schedule(() -> attempt(step), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void fail(Failure failure, Duration atMost, String text) {
    if (!closed) {
      failing = true;
      partner.fail(failure, atMost);
      say.accept("the payment partner " + text);
    }
  }

  private synchronized void end() {
    if (failing) {
      failing = false;
      partner.restore(former);
      say.accept("the payment partner works again");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    timer.shutdownNow();
    attempt(this::end);
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (StressException failure) {
      say.accept("could not change the payment partner: " + failure.getMessage());
    }
  }
}
