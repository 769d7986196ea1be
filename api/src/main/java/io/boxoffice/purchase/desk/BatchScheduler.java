package io.boxoffice.purchase.desk;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when a batch runs, and on which thread. If no batch is running, the caller's thread runs
 * one and waits for the database. A worker thread runs the next batch when requests remain after a
 * batch, when as many requests are queued as a batch may hold, or when no batch has finished for 50
 * ms.
 */
final class BatchScheduler {
  private static final Logger LOG = LoggerFactory.getLogger(BatchScheduler.class);

  private final RequestQueues queues;
  private final BatchExecutor executor;
  private final SalesDeskSettings settings;
  private final ResponseDispatcher dispatcher;
  private final ExecutorService workers;

  /** The number of batches that run now. Each batch checks the queues when it finishes. */
  private final AtomicInteger runningBatches = new AtomicInteger();

  /** The number of batches that have finished. It shows whether other batches advance. */
  private final AtomicLong finishedBatches = new AtomicLong();

  private long finishedAtLastSweep;

  BatchScheduler(
      RequestQueues queues,
      BatchExecutor executor,
      ResponseDispatcher dispatcher,
      SalesDeskSettings settings) {
    this.queues = queues;
    this.executor = executor;
    this.dispatcher = dispatcher;
    this.settings = settings;
    this.workers =
        Executors.newFixedThreadPool(
            settings.workers(), task -> new Thread(task, "sales-desk-worker"));
  }

  /** Has a batch run after a request was queued, on this thread if no other batch is running. */
  void requestQueued() {
    if (!queues.areReady()) {
      return;
    }
    if (workers.isShutdown()) {
      queues.rejectAll();
    } else if (tryCountBatch(1)) {
      runNextBatch();
    } else if (queues.length() >= settings.batchSize()) {
      tryRunOnWorker(settings.workers());
    }
  }

  /** Starts one more worker if requests are queued and no batch finished since the last call. */
  void sweep() {
    long finishedByNow = finishedBatches.get();
    if (finishedByNow == finishedAtLastSweep && queues.areReady()) {
      tryRunOnWorker(settings.workers());
    }
    finishedAtLastSweep = finishedByNow;
  }

  /** Waits for the batches on worker threads, and rejects requests that no batch has started. */
  void stop() throws InterruptedException {
    workers.shutdown();
    if (!workers.awaitTermination(settings.maxWait().toMilliseconds(), TimeUnit.MILLISECONDS)) {
      LOG.warn("A batch was still running when the desk closed");
    }
  }

  /** Starts one more batch on a worker thread if fewer than {@code limit} batches run. */
  private void tryRunOnWorker(int limit) {
    if (tryCountBatch(limit)) {
      runOnWorker();
    }
  }

  /** Counts one more batch as running, unless {@code limit} batches run already. */
  private boolean tryCountBatch(int limit) {
    return runningBatches.getAndUpdate(now -> now < limit ? now + 1 : now) < limit;
  }

  /** Runs a batch, which is counted already, on a worker thread. */
  private void runOnWorker() {
    try {
      workers.execute(this::runNextBatch);
    } catch (RejectedExecutionException closed) {
      runningBatches.decrementAndGet();
      queues.rejectAll();
    } catch (OutOfMemoryError noThread) { // An exception here would lose the caller's own batch.
      runningBatches.decrementAndGet();
      LOG.error("No worker thread can be started; the next sweep tries again", noThread);
    }
  }

  private void runNextBatch() {
    RequestQueues.Batch batch = queues.take();
    int size = batch.requests().size();
    boolean isLargest = size == settings.batchSize();
    if (isLargest && queues.areReady()) {
      tryRunOnWorker(settings.workers());
    }
    long finishedBefore = finishedBatches.get();
    try {
      if (size > 0) {
        CountDownLatch firstSent = executor.execute(batch.requests());
        dispatcher.awaitNextBatch(size, queues.length(), firstSent);
      }
    } finally {
      queues.release(batch);
      boolean othersAdvance = finishedBatches.getAndIncrement() != finishedBefore;
      if (queues.areReady() && (isLargest || !othersAdvance)) {
        runOnWorker(); // The next batch takes over this one's place in the count.
      } else {
        endBatch();
      }
    }
  }

  private void endBatch() {
    runningBatches.decrementAndGet();
    if (queues.areReady()) {
      tryRunOnWorker(1); // A request was queued after the check above.
    }
  }
}
