package io.boxoffice.purchase.desk;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.logging.LogContext;
import io.boxoffice.purchase.allocation.Allocation;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Stock;
import io.boxoffice.purchase.allocation.Verdict;
import io.opentelemetry.api.trace.Span;
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
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Admits requests to bounded queues, one for each ticket type, and gives them out in batches. It
 * rejects a request that finds its queue or the desk full, or that no batch takes in time.
 */
final class RequestQueues {
  private final SalesDeskSettings settings;
  private final SalesMetrics metrics;
  private final Map<UUID, TicketTypeQueue> queues = new ConcurrentHashMap<>();

  /** The queues that hold requests and that no batch serves, in the order of service. */
  private final Queue<TicketTypeQueue> ready = new ConcurrentLinkedQueue<>();

  private final AtomicInteger length = new AtomicInteger();

  RequestQueues(SalesDeskSettings settings, SalesMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
    metrics.watchQueue(length::get, settings.totalQueueLength());
  }

  /**
   * Holds the requests of a batch.
   *
   * @param served the queues that no other batch serves until {@link #release}
   */
  record Batch(List<QueuedRequest> requests, List<TicketTypeQueue> served) {}

  /** Queues a request whose ticket type is known, or answers it at once. */
  CompletionStage<Verdict> admit(PurchaseRequest request) {
    long now = System.nanoTime();
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    if (length.incrementAndGet() > settings.totalQueueLength()) {
      reject(verdict);
      return verdict;
    }
    String requestId = LogContext.requestId();
    Span span = Span.current();
    queues.compute(
        request.ticketTypeId(),
        (ticketTypeId, existing) -> {
          TicketTypeQueue queue = existing == null ? new TicketTypeQueue(ticketTypeId) : existing;
          queueOrReject(new QueuedRequest(queue, request, requestId, span, now, verdict));
          return queue;
        });
    return verdict;
  }

  private void queueOrReject(QueuedRequest entry) {
    TicketTypeQueue queue = entry.queue();
    // A request with a key may be a replay, and only a batch can look its key up.
    Optional<Verdict.Rejected> soldOut =
        entry.request().key() == null
            ? queue
                .remembered(entry.arrivedNanos())
                .filter(Stock::isSoldOut)
                .flatMap(stock -> Allocation.rejection(stock, 0, entry.request()))
            : Optional.empty();
    if (soldOut.isPresent()) {
      length.decrementAndGet();
      metrics.count(soldOut.get());
      entry.verdict().complete(soldOut.get());
    } else if (queue.length() >= settings.queueLength()) {
      reject(entry.verdict());
    } else if (queue.add(entry)) {
      ready.add(queue);
    }
  }

  /** Returns how many requests are queued for all ticket types. */
  int length() {
    return length.get();
  }

  /** Whether a batch could be taken. */
  boolean areReady() {
    return !ready.isEmpty();
  }

  /** Takes the next batch from as many queues as it has room for. */
  Batch take() {
    int room = DeskPolicy.batchLimit(length.get(), settings.batchSize());
    Batch batch = new Batch(new ArrayList<>(), new ArrayList<>());
    while (batch.requests.size() < room) {
      TicketTypeQueue queue = ready.poll();
      if (queue == null) {
        break;
      }
      batch.served.add(queue);
      queue.take(room - batch.requests.size(), batch.requests);
    }
    length.addAndGet(-batch.requests.size());
    return batch;
  }

  /** Gives back the queues of a batch. Those with requests go to the end, so each has its turn. */
  void release(Batch batch) {
    batch.served.stream().filter(TicketTypeQueue::endBatch).forEach(ready::add);
  }

  /** Rejects every request that no batch has taken. */
  void rejectAll() {
    for (TicketTypeQueue queue = ready.poll(); queue != null; queue = ready.poll()) {
      List<QueuedRequest> notStarted = new ArrayList<>();
      queue.take(Integer.MAX_VALUE, notStarted);
      notStarted.forEach(entry -> reject(entry.verdict()));
      if (queue.endBatch()) {
        ready.add(queue); // A request was queued in the meantime.
      }
    }
  }

  /** Rejects requests that were queued for too long, and removes queues that are not in use. */
  void sweep() {
    long now = System.nanoTime();
    List<QueuedRequest> late = new ArrayList<>();
    for (TicketTypeQueue queue : queues.values()) {
      late.addAll(queue.queuedBefore(now - settings.maxWait().toNanoseconds()));
      queues.computeIfPresent(
          queue.ticketTypeId(), (id, current) -> current.isIdle(now) ? null : current);
    }
    late.forEach(entry -> reject(entry.verdict()));
  }

  /** Rejects a request that no batch has started. */
  private void reject(CompletableFuture<Verdict> verdict) {
    length.decrementAndGet();
    metrics.overloaded();
    verdict.completeExceptionally(
        ProblemException.retryable(
            ProblemCode.OVERLOADED,
            "The sales desk has too many requests; yours was not executed.",
            DeskPolicy.retryAfterSeconds()));
  }
}
