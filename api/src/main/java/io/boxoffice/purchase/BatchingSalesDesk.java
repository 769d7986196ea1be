package io.boxoffice.purchase;

import io.boxoffice.error.ProblemCode;
import io.boxoffice.error.ProblemException;
import io.boxoffice.http.RequestIdFilter;
import io.dropwizard.lifecycle.Managed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Settles in batches: one queue for each ticket type that is being sold, and what gathers while a
 * batch commits is the next batch. A lone request is settled at once. A few threads, each with one
 * connection, sell for everybody.
 */
public final class BatchingSalesDesk implements SalesDesk, Managed {
  private static final Logger LOG = LoggerFactory.getLogger(BatchingSalesDesk.class);
  private static final long SWEEP_MILLIS = 50;

  private final BatchSettler settler;
  private final TicketTypeCatalogue catalogue;
  private final SalesDeskSettings settings;
  private final SalesMetrics metrics;
  private final Map<UUID, TicketTypeQueue> queues = new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ExecutorService settlers;
  private final ExecutorService tellers =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          task -> new Thread(task, "sales-desk-teller"));
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "sales-desk-sweeper"));

  /** Opens a desk; {@link #start()} begins to watch its waits, {@link #stop()} closes it. */
  public BatchingSalesDesk(
      SaleTransaction sales,
      TicketTypeCatalogue catalogue,
      SalesDeskSettings settings,
      SalesMetrics metrics) {
    this.settler = new BatchSettler(sales, settings, metrics, tellers);
    this.catalogue = catalogue;
    this.settings = settings;
    this.metrics = metrics;
    this.settlers =
        Executors.newFixedThreadPool(
            settings.settlers(), task -> new Thread(task, "sales-desk-settler"));
    metrics.watchQueue(waiting::get, settings.totalQueueLength());
  }

  @Override
  public void start() {
    var unused =
        sweeper.scheduleWithFixedDelay(
            this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public CompletionStage<Verdict> submit(PurchaseRequest asked) {
    List<UUID> types = catalogue.ticketTypesOf(asked.concertId());
    Optional<Verdict> refused = refusalFor(types, asked.ticketTypeId());
    if (refused.isPresent()) {
      metrics.settled(refused.get());
      return CompletableFuture.completedStage(refused.get());
    }
    return queue(asked.ticketTypeId() == null ? asked.at(types.get(0)) : asked);
  }

  /** Lets the batches at work end; what still waits is refused, for it was never begun. */
  @Override
  public void stop() throws InterruptedException {
    sweeper.shutdown();
    settlers.shutdown();
    if (!settlers.awaitTermination(settings.maxWait().toMilliseconds(), TimeUnit.MILLISECONDS)) {
      LOG.warn("A batch was still at work when the desk closed");
    }
    tellers.shutdown();
    if (!tellers.awaitTermination(settings.maxWait().toMilliseconds(), TimeUnit.MILLISECONDS)) {
      LOG.warn("Not everybody was told the verdict when the desk closed");
    }
  }

  private static Optional<Verdict> refusalFor(List<UUID> types, UUID ticketTypeId) {
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
    if (waiting.incrementAndGet() > settings.totalQueueLength()) {
      waiting.decrementAndGet();
      return refuse(verdict);
    }
    Waiting entry = new Waiting(request, MDC.get(RequestIdFilter.ATTRIBUTE), now, verdict);
    queues.compute(
        request.ticketTypeId(),
        (ticketTypeId, existing) -> {
          TicketTypeQueue queue = existing == null ? new TicketTypeQueue(ticketTypeId) : existing;
          admit(queue, entry, now);
          return queue;
        });
    return verdict;
  }

  private void admit(TicketTypeQueue queue, Waiting entry, long now) {
    // A replay needs a look at its key; anybody else can be told at once that nothing is left.
    Optional<Verdict.Refused> soldOut =
        entry.request().key() == null
            ? queue.soldOut(now).flatMap(stock -> Settlement.refusal(stock, 0, entry.request()))
            : Optional.empty();
    if (soldOut.isPresent()) {
      waiting.decrementAndGet();
      metrics.settled(soldOut.get());
      entry.verdict().complete(soldOut.get());
    } else if (queue.length() >= settings.queueLength()) {
      waiting.decrementAndGet();
      refuse(entry.verdict());
    } else if (queue.add(entry)) {
      call(queue);
    }
  }

  private void call(TicketTypeQueue queue) {
    try {
      settlers.execute(() -> settleNext(queue));
    } catch (RejectedExecutionException closed) {
      queue.next(Integer.MAX_VALUE).forEach(this::refuseWaiting);
    }
  }

  /** Settles one batch, then goes to the end of the line, so that no ticket type starves others. */
  private void settleNext(TicketTypeQueue queue) {
    List<Waiting> batch = queue.next(settings.batchSize());
    if (batch.isEmpty()) {
      return;
    }
    waiting.addAndGet(-batch.size());
    try {
      settler.settle(queue, batch);
    } finally {
      call(queue);
    }
  }

  /** Refuses who has waited too long, and forgets queues that nobody uses. */
  private void sweep() {
    long now = System.nanoTime();
    List<Waiting> late = new ArrayList<>();
    for (TicketTypeQueue queue : queues.values()) {
      late.addAll(queue.queuedBefore(now - settings.maxWait().toNanoseconds()));
      queues.computeIfPresent(
          queue.ticketTypeId(), (id, current) -> current.isIdle(now) ? null : current);
    }
    late.forEach(this::refuseWaiting);
  }

  private void refuseWaiting(Waiting entry) {
    waiting.decrementAndGet();
    refuse(entry.verdict());
  }

  /** Refuses what was never begun; the seconds spread the retries of a crowd. */
  private CompletionStage<Verdict> refuse(CompletableFuture<Verdict> verdict) {
    metrics.overloaded();
    verdict.completeExceptionally(
        ProblemException.retryable(
            ProblemCode.OVERLOADED,
            "The sales desk has more requests than it can settle; yours was not begun.",
            ThreadLocalRandom.current().nextInt(1, 4)));
    return verdict;
  }
}
