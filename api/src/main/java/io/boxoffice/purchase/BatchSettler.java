package io.boxoffice.purchase;

import io.boxoffice.error.DatabaseProblemMapper;
import io.boxoffice.error.ProblemCode;
import io.boxoffice.error.ProblemException;
import io.boxoffice.http.RequestIdFilter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Brings a batch to its verdicts, whatever fails on the way. A batch that surely was not committed
 * is tried once more; if that fails too, each request is tried alone, so that none fails another.
 */
final class BatchSettler {
  private static final Logger LOG = LoggerFactory.getLogger(BatchSettler.class);

  /** Few enough to spread a batch over the threads, and enough to be worth the hand-over. */
  private static final int TOLD_AT_ONCE = 16;

  private final SaleTransaction sales;
  private final SalesDeskSettings settings;
  private final SalesMetrics metrics;
  private final Executor tellers;

  BatchSettler(
      SaleTransaction sales, SalesDeskSettings settings, SalesMetrics metrics, Executor tellers) {
    this.sales = sales;
    this.settings = settings;
    this.metrics = metrics;
    this.tellers = tellers;
  }

  /** Settles and tells everybody in the batch. Never throws. */
  void settle(TicketTypeQueue queue, List<Waiting> batch) {
    long begin = System.nanoTime();
    batch.forEach(entry -> metrics.waited(begin - entry.arrivedNanos()));
    try {
      if (!settleSoldOut(queue, batch, begin)) {
        settleWithRetry(queue, batch);
      }
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
    metrics.settledBatch(batch.size(), System.nanoTime() - begin);
  }

  /** A crowd at a sold-out ticket type costs no lock: its keys are looked up, and that is all. */
  private boolean settleSoldOut(TicketTypeQueue queue, List<Waiting> batch, long now) {
    Optional<Stock> soldOut = queue.soldOut(now);
    if (soldOut.isEmpty()) {
      return false;
    }
    List<PurchaseRequest> requests = requestsOf(batch);
    Map<String, PurchaseRow> earlier = sales.earlierPurchases(requests);
    List<Verdict> verdicts = new ArrayList<>(batch.size());
    for (Settlement.Decision decision : Settlement.decide(soldOut, requests, earlier)) {
      verdicts.add(((Settlement.Settled) decision).verdict());
    }
    tell(batch, verdicts);
    return true;
  }

  private void settleWithRetry(TicketTypeQueue queue, List<Waiting> batch) {
    try {
      settleOnce(queue, batch);
    } catch (JdbiException first) {
      if (!isInTime(batch)) {
        throw first;
      }
      LOG.warn("Trying {} again", describe(batch), first);
      try {
        settleOnce(queue, batch);
      } catch (JdbiException second) {
        if (batch.size() == 1 || !isInTime(batch) || !PostgresFailure.isOfData(second)) {
          throw second;
        }
        batch.forEach(entry -> settle(queue, List.of(entry)));
      }
    }
  }

  private void settleOnce(TicketTypeQueue queue, List<Waiting> batch) {
    SaleTransaction.Settled settled = sales.settle(queue.ticketTypeId(), requestsOf(batch));
    settled
        .left()
        .filter(stock -> stock.available() == 0)
        .ifPresent(
            stock ->
                queue.rememberSoldOut(
                    stock, System.nanoTime() + settings.soldOutMemory().toNanoseconds()));
    tell(batch, settled.verdicts());
  }

  /** Tells a crowd on other threads, so that the settler is free for the next batch. */
  private void tell(List<Waiting> batch, List<Verdict> verdicts) {
    if (batch.size() == 1) {
      tell(batch, verdicts.iterator());
      return;
    }
    for (int i = 0; i < batch.size(); i += TOLD_AT_ONCE) {
      int from = i;
      int to = Math.min(i + TOLD_AT_ONCE, batch.size());
      tellers.execute(() -> tell(batch.subList(from, to), verdicts.subList(from, to).iterator()));
    }
  }

  private void tell(List<Waiting> some, Iterator<Verdict> verdicts) {
    for (Waiting entry : some) {
      Verdict verdict = verdicts.next();
      metrics.settled(verdict);
      entry.verdict().complete(verdict);
    }
  }

  private void fail(List<Waiting> batch, ProblemException problem) {
    for (Waiting entry : batch) {
      metrics.failed();
      try (var ignored = MDC.putCloseable(RequestIdFilter.ATTRIBUTE, entry.requestId())) {
        LOG.error("Purchase failed: {}", problem.problem().code());
      }
      entry.verdict().completeExceptionally(problem);
    }
  }

  private boolean isInTime(List<Waiting> batch) {
    return System.nanoTime() - batch.get(0).arrivedNanos() < settings.maxWait().toNanoseconds();
  }

  private static List<PurchaseRequest> requestsOf(List<Waiting> batch) {
    return batch.stream().map(Waiting::request).toList();
  }

  private static String describe(List<Waiting> batch) {
    return "requests " + String.join(", ", batch.stream().map(Waiting::requestId).toList());
  }
}
