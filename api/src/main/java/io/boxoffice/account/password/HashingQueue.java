package io.boxoffice.account.password;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.google.common.collect.Comparators;
import com.google.common.util.concurrent.Uninterruptibles;
import io.boxoffice.platform.WorkQueue;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Runs the work that hashes passwords on few threads behind a short queue. A flood of sign-ins
 * therefore takes neither the memory nor the processors that purchases need.
 */
public final class HashingQueue implements Managed {
  /** About the time in which a full queue of the default length is empty. */
  private static final int RETRY_AFTER_SECONDS = 5;

  private static final double NANOS_PER_SECOND = 1e9;

  /** How many times as long as a task the pause after it is. */
  private static final int PAUSE_FACTOR = 3;

  /** Bounds the pause after work that waited for the database. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final WorkQueue queue;
  private final Meter rejections;
  private final Histogram waits;

  /** Opens the queue with its metrics. */
  public HashingQueue(
      HashingSettings settings, MetricRegistry metrics, CollectorRegistry prometheus) {
    this.rejections = metrics.meter("hashing.queue.rejections");
    this.queue =
        new WorkQueue(
            "hashing",
            settings.threads(),
            settings.queueLength(),
            task -> () -> runAndPause(task),
            this::rejection);
    this.waits =
        Histogram.build(
                "hashing_queue_wait_seconds",
                "Time that a request was queued before a thread hashed its password.")
            .buckets(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
            .register(prometheus);
    metrics.register("hashing.queue.depth", (Gauge<Integer>) queue::depth);
    metrics.register("hashing.queue.limit", (Gauge<Integer>) settings::queueLength);
  }

  /**
   * Runs the work on a thread of the queue. The work may also use the database.
   *
   * @throws ProblemException 503 when the queue is full
   */
  public <T> CompletionStage<T> submit(Supplier<T> hashing) {
    long queuedAt = System.nanoTime();
    return queue.submit(
        () -> {
          waits.observe((System.nanoTime() - queuedAt) / NANOS_PER_SECOND);
          return hashing.get();
        });
  }

  /**
   * Rejects a request before it costs anything else; see {@link WorkQueue#requireRoom}.
   *
   * @throws ProblemException 503 when the queue is full
   */
  public void requireRoom() {
    queue.requireRoom();
  }

  private ProblemException rejection() {
    rejections.mark();
    return ProblemException.retryable(
        ProblemCode.OVERLOADED, "Too many passwords wait to be checked.", RETRY_AFTER_SECONDS);
  }

  /**
   * Pauses after each task for three times as long as it took. So a thread uses a quarter of a core
   * at most, and less when all cores are busy, because a task takes longer then.
   */
  private static void runAndPause(Runnable task) {
    long begin = System.nanoTime();
    task.run();
    Duration taken = Duration.ofNanos(System.nanoTime() - begin);
    Uninterruptibles.sleepUninterruptibly(
        Comparators.min(taken.multipliedBy(PAUSE_FACTOR), LONGEST_PAUSE));
  }

  @Override
  public void stop() throws InterruptedException {
    queue.stop();
  }
}
