package io.boxoffice.purchase;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Sends the responses of a batch on several threads, so that slow clients cannot block the next
 * batch. It also decides when the next batch may start.
 *
 * <p>A batch costs the database as much as ten sales, so a batch should not be much smaller than
 * the one before it. On the other hand, an idle database sells nothing while requests are queued.
 */
final class ResponseDispatcher {
  /** An open latch, for a batch whose responses need no further thread. */
  static final CountDownLatch TOLD = new CountDownLatch(0);

  /**
   * Responses that one task sends. The number is small enough to spread a batch over the threads,
   * and large enough to be worth the hand-over to a thread.
   */
  private static final int RESPONSES_PER_TASK = 16;

  /** The next batch starts at once when this fraction of the last batch's size is queued. */
  private static final double ENOUGH_QUEUED = 1.0 / 3;

  private final Executor threads;
  private final SalesMetrics metrics;
  private final Duration longestWait;

  /**
   * Sends responses on the given threads.
   *
   * @param longestWait how long {@link #awaitNextBatch} waits at most; a client that does not read
   *     can hold one of the threads, but cannot delay the next batch for longer
   */
  ResponseDispatcher(Executor threads, SalesMetrics metrics, Duration longestWait) {
    this.threads = threads;
    this.metrics = metrics;
    this.longestWait = longestWait;
  }

  /**
   * Sends the responses of a batch. A batch of one is sent on this thread, a larger one on other
   * threads.
   *
   * @return a latch that opens when the first responses have been sent
   */
  CountDownLatch tell(List<QueuedRequest> batch, List<Verdict> verdicts) {
    if (batch.size() == 1) {
      sendSome(batch, verdicts, 0);
      return TOLD;
    }
    CountDownLatch firstSent = new CountDownLatch(1);
    for (int from = 0; from < batch.size(); from += RESPONSES_PER_TASK) {
      int begin = from;
      threads.execute(
          () -> {
            sendSome(batch, verdicts, begin);
            firstSent.countDown();
          });
    }
    return firstSent;
  }

  /** Waits until the first responses have been sent, unless enough requests are queued. */
  void awaitNextBatch(int executed, int queued, CountDownLatch firstSent) {
    if (queued >= executed * ENOUGH_QUEUED) {
      return;
    }
    try {
      firstSent.await(longestWait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendSome(List<QueuedRequest> batch, List<Verdict> verdicts, int begin) {
    int end = Math.min(begin + RESPONSES_PER_TASK, batch.size());
    for (int index = begin; index < end; index++) {
      metrics.settled(verdicts.get(index));
      batch.get(index).verdict().complete(verdicts.get(index));
    }
  }
}
