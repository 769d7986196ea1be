package io.boxoffice.platform;

import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.logging.LogContext;
import io.dropwizard.lifecycle.Managed;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Runs slow work on few threads behind a short queue, so that it takes neither the request threads
 * nor the memory that purchases need.
 */
public final class WorkQueue implements Managed {
  private static final int STOP_LIMIT_SECONDS = 3;

  private final ThreadPoolExecutor threads;
  private final UnaryOperator<Runnable> around;
  private final Supplier<ProblemException> whenFull;

  /**
   * Opens the queue.
   *
   * @param name names the threads
   * @param around wraps each task, for what is to happen on its thread before or after it
   * @param whenFull makes the problem for each request that finds the queue full
   */
  public WorkQueue(
      String name,
      int threads,
      int queueLength,
      UnaryOperator<Runnable> around,
      Supplier<ProblemException> whenFull) {
    AtomicInteger count = new AtomicInteger();
    this.around = around;
    this.whenFull = whenFull;
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queueLength),
            work -> {
              Thread daemon = new Thread(work, name + "-" + count.incrementAndGet());
              daemon.setDaemon(true);
              return daemon;
            });
  }

  /**
   * Runs the work on a thread of the queue, for the request of this thread. The work may also use
   * the database.
   *
   * @throws ProblemException when the queue is full
   */
  public <T> CompletionStage<T> submit(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(
          work, LogContext.carrying(task -> threads.execute(around.apply(task))));
    } catch (RejectedExecutionException full) {
      throw whenFull.get();
    }
  }

  /**
   * Rejects a request before it costs anything else. The room that is left now may be taken before
   * {@link #submit}.
   *
   * @throws ProblemException when the queue is full
   */
  public void requireRoom() {
    if (threads.getQueue().remainingCapacity() == 0) {
      throw whenFull.get();
    }
  }

  /** Returns how much work waits for a thread. */
  public int depth() {
    return threads.getQueue().size();
  }

  @Override
  public void stop() throws InterruptedException {
    threads.shutdown();
    threads.awaitTermination(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
  }
}
