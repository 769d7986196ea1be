package io.boxoffice.purchase;

import io.boxoffice.platform.database.DatabaseProblemMapper;
import io.boxoffice.platform.database.SqlState;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.RequestIdFilter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Brings a batch to its verdicts, whatever fails on the way. A batch that surely was not committed
 * is tried once more, in pieces where the server refused it, so that no request fails another.
 */
final class BatchExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(BatchExecutor.class);

  /** Long enough for a ticket type that sells; what is remembered is verified when it is sold. */
  private static final long STOCK_MEMORY_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Sales sales;
  private final SalesDeskSettings settings;
  private final SalesMetrics metrics;
  private final ResponseDispatcher tellers;

  BatchExecutor(
      Sales sales, SalesDeskSettings settings, SalesMetrics metrics, ResponseDispatcher tellers) {
    this.sales = sales;
    this.settings = settings;
    this.metrics = metrics;
    this.tellers = tellers;
  }

  /**
   * Settles a batch, whose requests may want different ticket types, and has everybody in it told.
   *
   * @return opens when the first of a crowd have been told; open already where there is no crowd
   */
  CountDownLatch settle(List<QueuedRequest> batch) {
    long begin = System.nanoTime();
    batch.forEach(entry -> metrics.waited(begin - entry.arrivedNanos()));
    CountDownLatch firstTold = settle(batch, false);
    metrics.settledBatch(batch.size(), System.nanoTime() - begin);
    return firstTold;
  }

  private CountDownLatch settle(List<QueuedRequest> batch, boolean retried) {
    try {
      return settleOrTryAgain(batch, retried);
    } catch (OutcomeUnknownException unknown) {
      LOG.error("The outcome of {} is not known", describe(batch), unknown);
      fail(
          batch,
          ProblemException.retryable(
              ProblemCode.OUTCOME_UNKNOWN,
              "The commit was not confirmed. A retry with the same Idempotency-Key is safe.",
              1));
    } catch (JdbiException failure) {
      fail(batch, DatabaseProblemMapper.translate(failure));
    } catch (RuntimeException | Error failure) {
      LOG.error("Settling {} failed", describe(batch), failure);
      fail(
          batch,
          ProblemException.of(
              ProblemCode.INTERNAL_ERROR, "The log has the cause, under this requestId."));
    }
    return ResponseDispatcher.TOLD;
  }

  private CountDownLatch settleOrTryAgain(List<QueuedRequest> batch, boolean retried) {
    try {
      return settleOnce(batch);
    } catch (JdbiException failure) {
      List<List<QueuedRequest>> pieces = pieces(batch, failure);
      if (!isInTime(batch) || (pieces.size() == 1 && retried)) {
        throw failure;
      }
      LOG.warn("Trying {} again, in {} batches", describe(batch), pieces.size(), failure);
      for (List<QueuedRequest> piece : pieces) {
        if (isInTime(piece)) {
          settle(piece, true);
        } else {
          fail(piece, DatabaseProblemMapper.translate(failure));
        }
      }
      return ResponseDispatcher.TOLD;
    }
  }

  /**
   * What to try next: the ticket types apart when the server refused their batch, the requests
   * apart when it refused the data of one type; else the same once more.
   */
  private static List<List<QueuedRequest>> pieces(
      List<QueuedRequest> batch, JdbiException failure) {
    if (!SqlState.of(failure).isRolledBack()) {
      return List.of(batch);
    }
    List<List<QueuedRequest>> byType = List.copyOf(byQueue(batch).values());
    return byType.size() == 1 && SqlState.of(failure).isOfData()
        ? batch.stream().map(List::of).toList()
        : byType;
  }

  private static Map<TicketTypeQueue, List<QueuedRequest>> byQueue(List<QueuedRequest> batch) {
    return batch.stream()
        .collect(
            Collectors.groupingBy(QueuedRequest::queue, LinkedHashMap::new, Collectors.toList()));
  }

  private CountDownLatch settleOnce(List<QueuedRequest> batch) {
    long now = System.nanoTime();
    Map<UUID, TicketTypeQueue> queues = new HashMap<>();
    Map<UUID, Stock> remembered = new HashMap<>();
    for (QueuedRequest entry : batch) {
      TicketTypeQueue queue = entry.queue();
      if (queues.putIfAbsent(queue.ticketTypeId(), queue) == null) {
        queue.remembered(now).ifPresent(stock -> remembered.put(stock.ticketTypeId(), stock));
      }
    }
    Sales.Settled settled = sales.settle(requestsOf(batch), remembered);
    long settledAt = System.nanoTime();
    for (Stock left : settled.left()) {
      TicketTypeQueue queue = queues.get(left.ticketTypeId());
      if (left.isSoldOut()) {
        queue.remember(left, settledAt + settings.soldOutMemory().toNanoseconds());
      } else if (queues.size() == 1) { // The memory serves batches of one ticket type only.
        queue.remember(left, settledAt + STOCK_MEMORY_NANOS);
      }
    }
    return tellers.tell(batch, settled.verdicts());
  }

  private void fail(List<QueuedRequest> batch, ProblemException problem) {
    for (QueuedRequest entry : batch) {
      metrics.failed();
      try (var ignored = MDC.putCloseable(RequestIdFilter.ATTRIBUTE, entry.requestId())) {
        LOG.error("Purchase failed: {}", problem.problem().code());
      }
      entry.verdict().completeExceptionally(problem);
    }
  }

  private boolean isInTime(List<QueuedRequest> batch) {
    return System.nanoTime() - batch.get(0).arrivedNanos() < settings.maxWait().toNanoseconds();
  }

  private static List<PurchaseRequest> requestsOf(List<QueuedRequest> batch) {
    return batch.stream().map(QueuedRequest::request).toList();
  }

  private static String describe(List<QueuedRequest> batch) {
    return "requests " + String.join(", ", batch.stream().map(QueuedRequest::requestId).toList());
  }
}
