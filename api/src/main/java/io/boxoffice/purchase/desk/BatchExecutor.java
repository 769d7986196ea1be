package io.boxoffice.purchase.desk;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.logging.LogContext;
import io.boxoffice.purchase.allocation.Stock;
import io.boxoffice.purchase.desk.SaleFailedException.Reason;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes a batch and completes each of its requests, also when the database fails. If a batch was
 * certainly not committed, the executor tries it once more. If the database server rejected the
 * batch, the executor splits it instead, down to single requests if it must, so that one request
 * cannot make another one fail.
 */
final class BatchExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(BatchExecutor.class);

  private final Sales sales;
  private final SalesDeskSettings settings;
  private final SalesMetrics metrics;
  private final ResponseDispatcher dispatcher;

  BatchExecutor(
      Sales sales,
      SalesDeskSettings settings,
      SalesMetrics metrics,
      ResponseDispatcher dispatcher) {
    this.sales = sales;
    this.settings = settings;
    this.metrics = metrics;
    this.dispatcher = dispatcher;
  }

  /**
   * Executes a batch and sends the result of each request. The requests may be for different ticket
   * types.
   *
   * @return a latch that opens when the first responses of a large batch have been sent; it is
   *     already open for a batch of one and for a batch that failed at first
   */
  CountDownLatch execute(List<QueuedRequest> batch) {
    long begin = System.nanoTime();
    for (QueuedRequest entry : batch) {
      metrics.queued(begin - entry.arrivedNanos());
      describe(entry, batch.size(), begin);
    }
    CountDownLatch firstSent = executeOrFail(batch, false);
    metrics.batch(batch.size(), System.nanoTime() - begin);
    return firstSent;
  }

  private static void describe(QueuedRequest entry, int batchSize, long begin) {
    if (entry.span().isRecording()) {
      entry
          .span()
          .setAttribute("desk.ticket_type", entry.queue().ticketTypeId().toString())
          .setAttribute("desk.batch_size", batchSize)
          .setAttribute("desk.queued_ms", (begin - entry.arrivedNanos()) / 1_000_000);
    }
  }

  private CountDownLatch executeOrFail(List<QueuedRequest> batch, boolean retried) {
    try {
      return sellOrRetry(batch, retried);
    } catch (SaleFailedException failure) {
      if (failure.reason() == Reason.OUTCOME_UNKNOWN) {
        LOG.error("The outcome of {} is not known", describe(batch), failure);
      }
      fail(batch, failure.problem());
    } catch (RuntimeException | Error failure) {
      LOG.error("The batch of {} failed", describe(batch), failure);
      fail(
          batch,
          ProblemException.of(
              ProblemCode.INTERNAL_ERROR, "The log has the cause, under this requestId."));
    }
    return ResponseDispatcher.ALL_SENT;
  }

  private CountDownLatch sellOrRetry(List<QueuedRequest> batch, boolean retried) {
    try {
      return sell(batch);
    } catch (SaleFailedException failure) {
      List<List<QueuedRequest>> pieces = pieces(batch, failure.reason());
      if (failure.reason() == Reason.OUTCOME_UNKNOWN
          || !isInTime(batch)
          || (pieces.size() == 1 && retried)) {
        throw failure;
      }
      LOG.warn("Trying {} again, in {} batches", describe(batch), pieces.size(), failure);
      for (List<QueuedRequest> piece : pieces) {
        if (isInTime(piece)) {
          executeOrFail(piece, true);
        } else {
          fail(piece, failure.problem());
        }
      }
      return ResponseDispatcher.ALL_SENT;
    }
  }

  /**
   * Splits a batch that failed. If the server rejected the batch, there is one batch for each
   * ticket type. If it rejected the data of a batch of one type, there is one batch for each
   * request. Otherwise the batch stays whole.
   */
  private static List<List<QueuedRequest>> pieces(List<QueuedRequest> batch, Reason reason) {
    if (reason != Reason.DATA_REJECTED && reason != Reason.BATCH_REJECTED) {
      return List.of(batch);
    }
    List<List<QueuedRequest>> byType = List.copyOf(byQueue(batch).values());
    return byType.size() == 1 && reason == Reason.DATA_REJECTED
        ? batch.stream().map(List::of).toList()
        : byType;
  }

  private static Map<TicketTypeQueue, List<QueuedRequest>> byQueue(List<QueuedRequest> batch) {
    return batch.stream()
        .collect(
            Collectors.groupingBy(QueuedRequest::queue, LinkedHashMap::new, Collectors.toList()));
  }

  private CountDownLatch sell(List<QueuedRequest> batch) {
    long now = System.nanoTime();
    Map<UUID, TicketTypeQueue> queues = new HashMap<>();
    Map<UUID, Stock> remembered = new HashMap<>();
    for (QueuedRequest entry : batch) {
      TicketTypeQueue queue = entry.queue();
      if (queues.putIfAbsent(queue.ticketTypeId(), queue) == null) {
        queue.remembered(now).ifPresent(stock -> remembered.put(stock.ticketTypeId(), stock));
      }
    }
    Sales.Result result =
        sales.sell(batch.stream().map(QueuedRequest::request).toList(), remembered);
    long soldAt = System.nanoTime();
    for (Stock left : result.left()) {
      TicketTypeQueue queue = queues.get(left.ticketTypeId());
      if (left.isSoldOut()) {
        queue.remember(left, soldAt + settings.soldOutMemory().toNanoseconds());
      } else if (queues.size() == 1) { // Only batches of one ticket type use this stock.
        queue.remember(left, soldAt + DeskPolicy.STOCK_MEMORY.toNanos());
      }
    }
    return dispatcher.send(batch, result.verdicts());
  }

  private void fail(List<QueuedRequest> batch, ProblemException problem) {
    for (QueuedRequest entry : batch) {
      metrics.failed();
      try (var ignored = LogContext.of(entry.requestId())) {
        LOG.error("Purchase failed: {}", problem.problem().code());
      }
      entry.verdict().completeExceptionally(problem);
    }
  }

  private boolean isInTime(List<QueuedRequest> batch) {
    long now = System.nanoTime();
    return batch.stream()
        .allMatch(entry -> now - entry.arrivedNanos() < settings.maxWait().toNanoseconds());
  }

  private static String describe(List<QueuedRequest> batch) {
    return "requests " + String.join(", ", batch.stream().map(QueuedRequest::requestId).toList());
  }
}
