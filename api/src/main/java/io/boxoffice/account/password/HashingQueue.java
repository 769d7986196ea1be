package io.boxoffice.account.password;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.WorkQueue;
import io.boxoffice.platform.error.ProblemException;
import io.dropwizard.lifecycle.Managed;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Runs the work that hashes passwords on few threads behind a short queue. A flood of sign-ins
 * therefore takes neither the memory nor the request threads that purchases need.
 */
public final class HashingQueue implements Managed {
  /** About the time in which a full queue of the default length is empty. */
  private static final int RETRY_AFTER_SECONDS = 2;

  private final WorkQueue work;

  /** Opens the queue with its gauges. */
  public HashingQueue(HashingSettings settings, MetricRegistry metrics) {
    this.work =
        new WorkQueue(
            "hashing",
            settings.threads(),
            settings.queueLength(),
            "Too many passwords wait to be checked.",
            RETRY_AFTER_SECONDS);
    metrics.register("hashing.queue.depth", (Gauge<Integer>) work::depth);
    metrics.register("hashing.queue.limit", (Gauge<Integer>) settings::queueLength);
  }

  /**
   * Runs the work on a thread of the queue. The work may also use the database.
   *
   * @throws ProblemException 503 when the queue is full
   */
  public <T> CompletionStage<T> submit(Supplier<T> hashing) {
    return work.submit(hashing);
  }

  @Override
  public void stop() throws InterruptedException {
    work.stop();
  }
}
