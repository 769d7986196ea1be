package io.boxoffice.pageview;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the views of many requests together, on one thread behind a bounded buffer. What {@link
 * #write} returns ends when the view is committed.
 */
final class BatchingWriter implements PageViewWriter, Managed {
  private static final Logger LOG = LoggerFactory.getLogger(BatchingWriter.class);

  /** The most views of a batch, so that a transaction is short. */
  static final int BATCH = 1_000;

  /** The most views that wait, about half a second of the highest rate. */
  static final int CAPACITY = 10_000;

  private static final int RETRY_AFTER_SECONDS = 1;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final int ANSWERS_PER_TASK = 64;

  private final BoundedBuffer<Waiting> buffer;
  private final Duration collection;
  private final Consumer<PageViewBatch> copies;
  private final PageViewMetrics metrics;
  private final Thread thread = new Thread(this::run, "page-views");
  private final ExecutorService answers =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          task -> {
            Thread daemon = new Thread(task, "page-view-answers");
            daemon.setDaemon(true);
            return daemon;
          });

  private record Waiting(PageView view, CompletableFuture<Void> written) {}

  /**
   * Creates a writer that runs after its start.
   *
   * @param capacity the most views that wait
   * @param collection how long a batch may wait for further views; zero: it takes those that came
   *     while the batch before was written
   * @param copies writes a batch, and returns after its commit
   */
  BatchingWriter(
      int capacity, Duration collection, Consumer<PageViewBatch> copies, PageViewMetrics metrics) {
    this.buffer = new BoundedBuffer<>(capacity, Math.min(BATCH, capacity));
    this.collection = collection;
    this.copies = copies;
    this.metrics = metrics;
    thread.setDaemon(true);
  }

  /** Returns how many views wait for a batch. */
  int waiting() {
    return buffer.size();
  }

  @Override
  public CompletionStage<Void> write(PageView view) {
    Waiting waiting = new Waiting(view, new CompletableFuture<>());
    if (!buffer.offer(waiting)) {
      metrics.refused();
      throw ProblemException.retryable(
          ProblemCode.OVERLOADED, "Too many page views wait to be written.", RETRY_AFTER_SECONDS);
    }
    return waiting.written();
  }

  private void run() {
    try {
      List<Waiting> batch = buffer.take(collection.toNanos());
      while (!batch.isEmpty()) {
        write(batch);
        batch = buffer.take(collection.toNanos());
      }
    } catch (InterruptedException stopped) {
      LOG.debug("Stopped");
    }
  }

  private void write(List<Waiting> batch) {
    RuntimeException failure = null;
    try {
      copies.accept(new PageViewBatch(batch.stream().map(Waiting::view).toList()));
    } catch (RuntimeException thrown) {
      failure = thrown;
    }
    answer(batch, failure);
  }

  /** Answers on other threads, so that the next batch need not wait while answers are written. */
  private void answer(List<Waiting> batch, RuntimeException failure) {
    for (int from = 0; from < batch.size(); from += ANSWERS_PER_TASK) {
      List<Waiting> some = batch.subList(from, Math.min(from + ANSWERS_PER_TASK, batch.size()));
      answers.execute(() -> some.forEach(waiting -> end(waiting.written(), failure)));
    }
  }

  private static void end(CompletableFuture<Void> written, RuntimeException failure) {
    if (failure == null) {
      written.complete(null);
    } else {
      written.completeExceptionally(failure);
    }
  }

  @Override
  public void start() {
    thread.start();
  }

  /** Writes what waits, for 10 seconds at most. */
  @Override
  public void stop() throws InterruptedException {
    buffer.close();
    thread.join(STOP_LIMIT.toMillis());
    thread.interrupt();
    int left = 0;
    for (List<Waiting> rest = buffer.take(0); !rest.isEmpty(); rest = buffer.take(0)) {
      left += rest.size();
      answer(rest, new IllegalStateException("The service stops."));
    }
    if (left > 0) {
      metrics.lost(left);
      LOG.warn("{} page views were not written, because the database did not take them", left);
    }
    answers.shutdown();
    if (!answers.awaitTermination(1, TimeUnit.SECONDS)) {
      LOG.warn("Some requests with page views were not answered");
    }
  }
}
