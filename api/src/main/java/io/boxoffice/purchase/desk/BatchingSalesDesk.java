package io.boxoffice.purchase.desk;

import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Verdict;
import io.dropwizard.lifecycle.Managed;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sells in batches, so that many requests share the cost of one transaction. Each ticket type has a
 * queue; requests that arrive while a batch runs form the next one.
 */
public final class BatchingSalesDesk implements SalesDesk, Managed {
  private static final Logger LOG = LoggerFactory.getLogger(BatchingSalesDesk.class);

  private final TicketTypes ticketTypes;
  private final SalesDeskSettings settings;
  private final SalesMetrics metrics;
  private final RequestQueues queues;
  private final BatchScheduler scheduler;
  private final ExecutorService responseThreads =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          task -> new Thread(task, "sales-desk-response"));
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "sales-desk-sweeper"));

  /** Opens a desk. {@link #start()} starts its sweep, {@link #stop()} closes it. */
  public BatchingSalesDesk(
      Sales sales, TicketTypes ticketTypes, SalesDeskSettings settings, SalesMetrics metrics) {
    this.ticketTypes = ticketTypes;
    this.settings = settings;
    this.metrics = metrics;
    this.queues = new RequestQueues(settings, metrics);
    ResponseDispatcher dispatcher =
        new ResponseDispatcher(responseThreads, metrics, DeskPolicy.LONGEST_PAUSE);
    BatchExecutor executor = new BatchExecutor(sales, settings, metrics, dispatcher);
    this.scheduler = new BatchScheduler(queues, executor, dispatcher, settings);
  }

  @Override
  public void start() {
    long interval = DeskPolicy.SWEEP_INTERVAL.toMillis();
    var unused =
        sweeper.scheduleWithFixedDelay(this::sweep, interval, interval, TimeUnit.MILLISECONDS);
  }

  @Override
  public CompletionStage<Verdict> submit(PurchaseRequest request) {
    List<UUID> types = typesOf(request.concertId());
    Optional<Verdict> rejection = rejectionFor(types, request.ticketTypeId());
    if (rejection.isPresent()) {
      metrics.count(rejection.get());
      return CompletableFuture.completedStage(rejection.get());
    }
    CompletionStage<Verdict> verdict =
        queues.admit(
            request.ticketTypeId() == null ? request.withTicketType(types.get(0)) : request);
    scheduler.requestQueued();
    return verdict;
  }

  /** Waits for the batches on worker threads, and rejects requests that no batch has started. */
  @Override
  public void stop() throws InterruptedException {
    sweeper.shutdown();
    scheduler.stop();
    responseThreads.shutdown();
    if (!responseThreads.awaitTermination(
        settings.maxWait().toMilliseconds(), TimeUnit.MILLISECONDS)) {
      LOG.warn("Some responses were not sent when the desk closed");
    }
  }

  private List<UUID> typesOf(UUID concertId) {
    try {
      return ticketTypes.ofConcert(concertId);
    } catch (RuntimeException failure) {
      metrics.failed();
      throw failure;
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

  private void sweep() {
    try {
      scheduler.sweep();
      queues.sweep();
    } catch (RuntimeException | Error failure) { // An exception would end all further sweeps.
      LOG.error("A sweep of the sales desk failed; the next one follows", failure);
    }
  }
}
