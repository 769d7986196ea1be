package io.boxoffice.purchase.desk;

import io.boxoffice.purchase.allocation.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Sends the responses of a batch on threads of their own, so that the database need not wait while
 * they are written. It also decides when the next batch may start.
 *
 * <p>A batch costs the database as much as ten sales, so a batch should not be much smaller than
 * the one before it. On the other hand, an idle database sells nothing while requests are queued.
 */
final class ResponseDispatcher {
  /** An open latch, for a batch whose responses need no further thread. */
  static final CountDownLatch ALL_SENT = new CountDownLatch(0);

  private final Executor threads;
  private final SalesMetrics metrics;
  private final Duration longestPause;

  /**
   * Sends responses on the given threads.
   *
   * @param longestPause how long {@link #awaitNextBatch} waits at most, however busy the threads
   *     are
   */
  ResponseDispatcher(Executor threads, SalesMetrics metrics, Duration longestPause) {
    this.threads = threads;
    this.metrics = metrics;
    this.longestPause = longestPause;
  }

  /**
   * Sends the responses of a batch. A batch of one is sent on this thread, a larger one on other
   * threads.
   *
   * @return a latch that opens when the first responses have been sent
   */
  CountDownLatch send(List<QueuedRequest> batch, List<Verdict> verdicts) {
    if (batch.size() == 1) {
      sendSome(batch, verdicts, 0);
      return ALL_SENT;
    }
    CountDownLatch firstSent = new CountDownLatch(1);
    for (int from = 0; from < batch.size(); from += DeskPolicy.RESPONSES_PER_TASK) {
      int begin = from;
      Runnable task =
          () -> {
            sendSome(batch, verdicts, begin);
            firstSent.countDown();
          };
      try {
        threads.execute(task);
      } catch (RejectedExecutionException closed) {
        task.run(); // The desk has closed, but this batch is committed.
      }
    }
    return firstSent;
  }

  /** Waits until the first responses have been sent, unless enough requests are queued. */
  void awaitNextBatch(int executed, int queued, CountDownLatch firstSent) {
    if (DeskPolicy.isEnough(queued, executed)) {
      return;
    }
    try {
      firstSent.await(longestPause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendSome(List<QueuedRequest> batch, List<Verdict> verdicts, int begin) {
    int end = Math.min(begin + DeskPolicy.RESPONSES_PER_TASK, batch.size());
    for (int index = begin; index < end; index++) {
      metrics.count(verdicts.get(index));
      batch.get(index).verdict().complete(verdicts.get(index));
    }
  }
}
