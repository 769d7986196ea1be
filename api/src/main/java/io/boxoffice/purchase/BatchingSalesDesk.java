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
 * Settles in batches: one queue for each ticket type that is being sold, and what gathers while a
 * batch commits is the next batch. A settler takes from all queues that nobody works on; whoever
 * comes while none is at work settles at once, on his own thread. A few more, each with one
 * connection, are called when one batch cannot hold all that wait, and when one is held up.
 */
public final class BatchingSalesDesk implements SalesDesk, Managed {
  private static final Logger LOG = LoggerFactory.getLogger(BatchingSalesDesk.class);

  /** A batch of so many is worth its cost; of a larger crowd half are left for the next one. */
  private static final int CROWD = 24;

  private static final long SWEEP_MILLIS = 50;
  private static final Duration LONGEST_TELLING = Duration.ofMillis(5);

  private final BatchExecutor settler;
  private final TicketTypeCatalogue catalogue;
  private final SalesDeskSettings settings;
  private final SalesMetrics metrics;
  private final Map<UUID, TicketTypeQueue> queues = new ConcurrentHashMap<>();

  /** The queues in which somebody waits and on which nobody works, in the order to be served. */
  private final Queue<TicketTypeQueue> line = new ConcurrentLinkedQueue<>();

  private final AtomicInteger waiting = new AtomicInteger();
  private final ExecutorService settlers;

  /** How many settle now; each looks at the line when it has ended, so that nobody is forgotten. */
  private final AtomicInteger atWork = new AtomicInteger();

  /** How many batches have ended: who settles sees by it whether the others are held up. */
  private final AtomicLong ended = new AtomicLong();

  private long endedAtLastSweep;

  private final ResponseDispatcher tellers;
  private final ExecutorService tellerThreads =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          task -> new Thread(task, "sales-desk-teller"));
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "sales-desk-sweeper"));

  /** Opens a desk; {@link #start()} begins to watch its waits, {@link #stop()} closes it. */
  public BatchingSalesDesk(
      Sales sales,
      TicketTypeCatalogue catalogue,
      SalesDeskSettings settings,
      SalesMetrics metrics) {
    this.tellers = new ResponseDispatcher(tellerThreads, metrics, LONGEST_TELLING);
    this.settler = new BatchExecutor(sales, settings, metrics, tellers);
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
    tellerThreads.shutdown();
    if (!tellerThreads.awaitTermination(
        settings.maxWait().toMilliseconds(), TimeUnit.MILLISECONDS)) {
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
    String requestId = MDC.get(RequestIdFilter.ATTRIBUTE);
    queues.compute(
        request.ticketTypeId(),
        (ticketTypeId, existing) -> {
          TicketTypeQueue queue = existing == null ? new TicketTypeQueue(ticketTypeId) : existing;
          admit(new QueuedRequest(queue, request, requestId, now, verdict));
          return queue;
        });
    if (!line.isEmpty()) {
      settleHere();
    }
    return verdict;
  }

  private void admit(QueuedRequest entry) {
    TicketTypeQueue queue = entry.queue();
    // A replay needs a look at its key; anybody else can be told at once that nothing is left.
    Optional<Verdict.Refused> soldOut =
        entry.request().key() == null
            ? queue
                .remembered(entry.arrivedNanos())
                .filter(Stock::isSoldOut)
                .flatMap(stock -> Allocation.refusal(stock, 0, entry.request()))
            : Optional.empty();
    if (soldOut.isPresent()) {
      waiting.decrementAndGet();
      metrics.settled(soldOut.get());
      entry.verdict().complete(soldOut.get());
    } else if (queue.length() >= settings.queueLength()) {
      waiting.decrementAndGet();
      refuse(entry.verdict());
    } else if (queue.add(entry)) {
      line.add(queue);
    }
  }

  private void settleHere() {
    if (settlers.isShutdown()) {
      refuseAll();
    } else if (beginUnlessAtWork(1)) {
      String requestId = MDC.get(RequestIdFilter.ATTRIBUTE);
      settleNext();
      MDC.put(RequestIdFilter.ATTRIBUTE, requestId); // Those of others were there meanwhile.
    } else if (waiting.get() >= settings.batchSize()) {
      callSettler(settings.settlers());
    }
  }

  /** Calls one more, unless so many are at work; the first of those to end looks at the line. */
  private void callSettler(int most) {
    if (atWork.get() < most) {
      execute(
          () -> {
            if (beginUnlessAtWork(most)) {
              settleNext();
            }
          });
    }
  }

  private void execute(Runnable settling) {
    try {
      settlers.execute(settling);
    } catch (RejectedExecutionException closed) {
      refuseAll();
    }
  }

  private boolean beginUnlessAtWork(int most) {
    return atWork.getAndUpdate(now -> now < most ? now + 1 : now) < most;
  }

  private void refuseAll() {
    for (TicketTypeQueue queue = line.poll(); queue != null; queue = line.poll()) {
      List<QueuedRequest> unsettled = new ArrayList<>();
      queue.take(Integer.MAX_VALUE, unsettled);
      unsettled.forEach(this::refuseWaiting);
    }
  }

  /** Settles one batch; a queue in which more wait goes to the end of the line, for fairness. */
  private void settleNext() {
    List<QueuedRequest> batch = new ArrayList<>();
    List<TicketTypeQueue> served = new ArrayList<>();
    int room = Math.min(settings.batchSize(), Math.max(CROWD, waiting.get() / 2));
    while (batch.size() < room) {
      TicketTypeQueue queue = line.poll();
      if (queue == null) {
        break;
      }
      served.add(queue);
      queue.take(room - batch.size(), batch);
    }
    waiting.addAndGet(-batch.size());
    boolean full = batch.size() == settings.batchSize();
    if (full && !line.isEmpty()) {
      callSettler(settings.settlers());
    }
    long endedBefore = ended.get();
    try {
      if (!batch.isEmpty()) {
        CountDownLatch firstTold = settler.settle(batch);
        tellers.awaitNextBatch(batch.size(), waiting.get(), firstTold);
      }
    } finally {
      served.stream().filter(TicketTypeQueue::settled).forEach(line::add);
      boolean othersGoOn = ended.getAndIncrement() != endedBefore;
      if (!line.isEmpty() && (full || !othersGoOn)) {
        execute(this::settleNext); // In this one's place.
      } else {
        leave();
      }
    }
  }

  private void leave() {
    atWork.decrementAndGet();
    if (!line.isEmpty()) {
      callSettler(1); // Somebody came in between.
    }
  }

  /**
   * Refuses who has waited too long, forgets queues that nobody uses, relieves a held-up settler.
   */
  private void sweep() {
    long endedByNow = ended.get();
    if (endedByNow == endedAtLastSweep && !line.isEmpty()) {
      callSettler(settings.settlers());
    }
    endedAtLastSweep = endedByNow;
    long now = System.nanoTime();
    List<QueuedRequest> late = new ArrayList<>();
    for (TicketTypeQueue queue : queues.values()) {
      late.addAll(queue.queuedBefore(now - settings.maxWait().toNanoseconds()));
      queues.computeIfPresent(
          queue.ticketTypeId(), (id, current) -> current.isIdle(now) ? null : current);
    }
    late.forEach(this::refuseWaiting);
  }

  private void refuseWaiting(QueuedRequest entry) {
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
