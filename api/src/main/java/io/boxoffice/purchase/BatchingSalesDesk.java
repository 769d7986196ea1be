package io.boxoffice.purchase;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.RequestIdFilter;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Sells in batches, so that many requests share the cost of one transaction. Each ticket type has a
 * queue; requests that arrive while a batch runs form the next one. If no batch is running, the
 * caller's thread runs one and waits for the database. Worker threads run further batches: when one
 * leaves requests in the queues or cannot hold all, and when none has finished for 50 ms.
 */
public final class BatchingSalesDesk implements SalesDesk, Managed {
  private static final Logger LOG = LoggerFactory.getLogger(BatchingSalesDesk.class);

  /** When more than 24 requests wait, the next batch takes 24 or half of them, if that is more. */
  private static final int MIN_BATCH_LIMIT = 24;

  private static final long SWEEP_MILLIS = 50;
  private static final Duration MAX_RESPONSE_WAIT = Duration.ofMillis(5);

  private final BatchExecutor executor;
  private final TicketTypeCatalogue catalogue;
  private final SalesDeskSettings settings;
  private final SalesMetrics metrics;
  private final Map<UUID, TicketTypeQueue> queues = new ConcurrentHashMap<>();

  /** The queues that hold requests and that no batch serves, in the order of service. */
  private final Queue<TicketTypeQueue> readyQueues = new ConcurrentLinkedQueue<>();

  private final AtomicInteger queuedRequests = new AtomicInteger();
  private final ExecutorService workers;

  /** The number of batches that run now. Each batch checks the ready queues when it finishes. */
  private final AtomicInteger runningBatches = new AtomicInteger();

  /** The number of batches that have finished. It shows whether other batches advance. */
  private final AtomicLong finishedBatches = new AtomicLong();

  private long finishedAtLastSweep;

  private final ResponseDispatcher dispatcher;
  private final ExecutorService dispatcherThreads =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          task -> new Thread(task, "sales-desk-teller"));
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "sales-desk-sweeper"));

  /** Opens a desk. {@link #start()} starts its sweep, {@link #stop()} closes it. */
  public BatchingSalesDesk(
      Sales sales,
      TicketTypeCatalogue catalogue,
      SalesDeskSettings settings,
      SalesMetrics metrics) {
    this.dispatcher = new ResponseDispatcher(dispatcherThreads, metrics, MAX_RESPONSE_WAIT);
    this.executor = new BatchExecutor(sales, settings, metrics, dispatcher);
    this.catalogue = catalogue;
    this.settings = settings;
    this.metrics = metrics;
    this.workers =
        Executors.newFixedThreadPool(
            settings.settlers(), task -> new Thread(task, "sales-desk-settler"));
    metrics.watchQueue(queuedRequests::get, settings.totalQueueLength());
  }

  @Override
  public void start() {
    var unused =
        sweeper.scheduleWithFixedDelay(
            this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public CompletionStage<Verdict> submit(PurchaseRequest request) {
    List<UUID> types = catalogue.ticketTypesOf(request.concertId());
    Optional<Verdict> rejected = rejectionFor(types, request.ticketTypeId());
    if (rejected.isPresent()) {
      metrics.settled(rejected.get());
      return CompletableFuture.completedStage(rejected.get());
    }
    return queue(request.ticketTypeId() == null ? request.at(types.get(0)) : request);
  }

  /** Waits for the batches on worker threads, and rejects requests that no batch has started. */
  @Override
  public void stop() throws InterruptedException {
    sweeper.shutdown();
    workers.shutdown();
    if (!workers.awaitTermination(settings.maxWait().toMilliseconds(), TimeUnit.MILLISECONDS)) {
      LOG.warn("A batch was still at work when the desk closed");
    }
    dispatcherThreads.shutdown();
    if (!dispatcherThreads.awaitTermination(
        settings.maxWait().toMilliseconds(), TimeUnit.MILLISECONDS)) {
      LOG.warn("Not everybody was told the verdict when the desk closed");
    }
  }

  private static Optional<Verdict> rejectionFor(List<UUID> types, UUID ticketTypeId) {
    if (types.isEmpty()) {
      return Optional.of(new Verdict.UnknownConcert());
    }
    if (ticketTypeId == null) {
      return types.size() == 1 ? Optional.empty() : Optional.of(new Verdict.TicketTypeNeeded());
    }
    return types.contains(ticketTypeId)
        ? Optional.empty()
        : Optional.of(new Verdict.UnknownTicketType());
  }

  private CompletionStage<Verdict> queue(PurchaseRequest request) {
    long now = System.nanoTime();
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    if (queuedRequests.incrementAndGet() > settings.totalQueueLength()) {
      queuedRequests.decrementAndGet();
      return reject(verdict);
    }
    String requestId = MDC.get(RequestIdFilter.ATTRIBUTE);
    queues.compute(
        request.ticketTypeId(),
        (ticketTypeId, existing) -> {
          TicketTypeQueue queue = existing == null ? new TicketTypeQueue(ticketTypeId) : existing;
          admit(new QueuedRequest(queue, request, requestId, now, verdict));
          return queue;
        });
    if (!readyQueues.isEmpty()) {
      runBatchHere();
    }
    return verdict;
  }

  private void admit(QueuedRequest entry) {
    TicketTypeQueue queue = entry.queue();
    // A request with a key may be a replay, and only a batch can look its key up.
    Optional<Verdict.Refused> soldOut =
        entry.request().key() == null
            ? queue
                .remembered(entry.arrivedNanos())
                .filter(Stock::isSoldOut)
                .flatMap(stock -> Allocation.refusal(stock, 0, entry.request()))
            : Optional.empty();
    if (soldOut.isPresent()) {
      queuedRequests.decrementAndGet();
      metrics.settled(soldOut.get());
      entry.verdict().complete(soldOut.get());
    } else if (queue.length() >= settings.queueLength()) {
      queuedRequests.decrementAndGet();
      reject(entry.verdict());
    } else if (queue.add(entry)) {
      readyQueues.add(queue);
    }
  }

  private void runBatchHere() {
    if (workers.isShutdown()) {
      rejectAll();
    } else if (tryStartBatch(1)) {
      String requestId = MDC.get(RequestIdFilter.ATTRIBUTE);
      runNextBatch();
      MDC.put(RequestIdFilter.ATTRIBUTE, requestId); // The batch may have set other requests' ids.
    } else if (queuedRequests.get() >= settings.batchSize()) {
      startWorker(settings.settlers());
    }
  }

  /** Starts one more batch on a worker thread if fewer than {@code most} batches run. */
  private void startWorker(int most) {
    if (runningBatches.get() < most) {
      execute(
          () -> {
            if (tryStartBatch(most)) {
              runNextBatch();
            }
          });
    }
  }

  private void execute(Runnable batchTask) {
    try {
      workers.execute(batchTask);
    } catch (RejectedExecutionException closed) {
      rejectAll();
    }
  }

  private boolean tryStartBatch(int most) {
    return runningBatches.getAndUpdate(now -> now < most ? now + 1 : now) < most;
  }

  private void rejectAll() {
    for (TicketTypeQueue queue = readyQueues.poll(); queue != null; queue = readyQueues.poll()) {
      List<QueuedRequest> notStarted = new ArrayList<>();
      queue.take(Integer.MAX_VALUE, notStarted);
      notStarted.forEach(this::rejectQueued);
      if (queue.settled()) {
        readyQueues.add(queue); // A request was queued in the meantime.
      }
    }
  }

  /** Runs one batch. A queue that still holds requests goes to the end, so that each has a turn. */
  private void runNextBatch() {
    List<QueuedRequest> batch = new ArrayList<>();
    List<TicketTypeQueue> served = new ArrayList<>();
    int room = Math.min(settings.batchSize(), Math.max(MIN_BATCH_LIMIT, queuedRequests.get() / 2));
    while (batch.size() < room) {
      TicketTypeQueue queue = readyQueues.poll();
      if (queue == null) {
        break;
      }
      served.add(queue);
      queue.take(room - batch.size(), batch);
    }
    queuedRequests.addAndGet(-batch.size());
    boolean full = batch.size() == settings.batchSize();
    if (full && !readyQueues.isEmpty()) {
      startWorker(settings.settlers());
    }
    long finishedBefore = finishedBatches.get();
    try {
      if (!batch.isEmpty()) {
        CountDownLatch firstSent = executor.settle(batch);
        dispatcher.awaitNextBatch(batch.size(), queuedRequests.get(), firstSent);
      }
    } finally {
      served.stream().filter(TicketTypeQueue::settled).forEach(readyQueues::add);
      boolean othersAdvance = finishedBatches.getAndIncrement() != finishedBefore;
      if (!readyQueues.isEmpty() && (full || !othersAdvance)) {
        execute(this::runNextBatch); // The next batch takes over this one's place in the count.
      } else {
        endWorker();
      }
    }
  }

  private void endWorker() {
    runningBatches.decrementAndGet();
    if (!readyQueues.isEmpty()) {
      startWorker(1); // A request was queued after the check above.
    }
  }

  /** Rejects late requests, removes unused queues, adds a batch if none finished lately. */
  private void sweep() {
    long finishedByNow = finishedBatches.get();
    if (finishedByNow == finishedAtLastSweep && !readyQueues.isEmpty()) {
      startWorker(settings.settlers());
    }
    finishedAtLastSweep = finishedByNow;
    long now = System.nanoTime();
    List<QueuedRequest> late = new ArrayList<>();
    for (TicketTypeQueue queue : queues.values()) {
      late.addAll(queue.queuedBefore(now - settings.maxWait().toNanoseconds()));
      queues.computeIfPresent(
          queue.ticketTypeId(), (id, current) -> current.isIdle(now) ? null : current);
    }
    late.forEach(this::rejectQueued);
  }

  private void rejectQueued(QueuedRequest entry) {
    queuedRequests.decrementAndGet();
    reject(entry.verdict());
  }

  /** Rejects a request that no batch has started. A random wait of 1 to 3 s spreads the retries. */
  private CompletionStage<Verdict> reject(CompletableFuture<Verdict> verdict) {
    metrics.overloaded();
    verdict.completeExceptionally(
        ProblemException.retryable(
            ProblemCode.OVERLOADED,
            "The sales desk has more requests than it can settle; yours was not begun.",
            ThreadLocalRandom.current().nextInt(1, 4)));
    return verdict;
  }
}
