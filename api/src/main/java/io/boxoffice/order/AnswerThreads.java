package io.boxoffice.order;

import io.dropwizard.lifecycle.Managed;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the transactions that follow the payment partner's answers on few threads, because the
 * threads that receive the answers serve all calls and must not wait for the database.
 */
final class AnswerThreads implements Executor, Managed {
  /** Each uses one connection of the pool. */
  private static final int THREADS = 4;

  private static final int STOP_LIMIT_SECONDS = 3;

  private final ThreadPoolExecutor threads;

  /**
   * Opens the threads.
   *
   * @param queueLength how many answers may wait for a thread
   */
  AnswerThreads(int queueLength) {
    AtomicInteger count = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queueLength),
            work -> {
              Thread daemon = new Thread(work, "order-answers-" + count.incrementAndGet());
              daemon.setDaemon(true);
              return daemon;
            });
  }

  /**
   * Runs a transaction.
   *
   * @throws RejectedExecutionException when the queue is full or the service stops
   */
  @Override
  public void execute(Runnable transaction) {
    threads.execute(transaction);
  }

  /** Lets the answers that have arrived be stored. */
  @Override
  public void stop() throws InterruptedException {
    threads.shutdown();
    threads.awaitTermination(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
  }
}
