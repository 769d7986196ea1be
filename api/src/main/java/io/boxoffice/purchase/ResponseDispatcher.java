package io.boxoffice.purchase;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Tells a crowd its verdicts, and says when the next batch may begin. Each costs the database as
 * much as ten sales, so a batch should not be much smaller than the one before it; but a database
 * that waits while enough buyers wait sells to nobody.
 */
final class ResponseDispatcher {
  /** For a batch in which nobody waits for a teller. */
  static final CountDownLatch TOLD = new CountDownLatch(0);

  /** Few enough to spread a batch over the threads, and enough to be worth the hand-over. */
  private static final int TOLD_AT_ONCE = 16;

  /** When so large a part of a batch waits again, the next one need not gather any longer. */
  private static final double ENOUGH = 1.0 / 3;

  private final Executor threads;
  private final SalesMetrics metrics;
  private final Duration longestWait;

  /**
   * Tells on the given threads.
   *
   * @param longestWait how long {@link #awaitNextBatch} waits at most: a client that does not read
   *     may hold a teller, but not the next batch
   */
  ResponseDispatcher(Executor threads, SalesMetrics metrics, Duration longestWait) {
    this.threads = threads;
    this.metrics = metrics;
    this.longestWait = longestWait;
  }

  /** Tells a crowd on other threads, and gives what opens when the first of them have been told. */
  CountDownLatch tell(List<QueuedRequest> batch, List<Verdict> verdicts) {
    if (batch.size() == 1) {
      tellSome(batch, verdicts, 0);
      return TOLD;
    }
    CountDownLatch firstTold = new CountDownLatch(1);
    for (int from = 0; from < batch.size(); from += TOLD_AT_ONCE) {
      int begin = from;
      threads.execute(
          () -> {
            tellSome(batch, verdicts, begin);
            firstTold.countDown();
          });
    }
    return firstTold;
  }

  /** Waits for the first to have been told, unless enough others wait to be settled. */
  void awaitNextBatch(int settled, int waiting, CountDownLatch firstTold) {
    if (waiting >= settled * ENOUGH) {
      return;
    }
    try {
      firstTold.await(longestWait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellSome(List<QueuedRequest> batch, List<Verdict> verdicts, int begin) {
    int end = Math.min(begin + TOLD_AT_ONCE, batch.size());
    for (int index = begin; index < end; index++) {
      metrics.settled(verdicts.get(index));
      batch.get(index).verdict().complete(verdicts.get(index));
    }
  }
}
