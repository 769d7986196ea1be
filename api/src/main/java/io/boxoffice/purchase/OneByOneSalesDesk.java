package io.boxoffice.purchase;

import io.boxoffice.error.DatabaseProblemMapper;
import io.boxoffice.error.ProblemCode;
import io.boxoffice.error.ProblemException;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Settles each request in a transaction of its own, on a few threads. What finds the queue full, or
 * waits longer than the deadline, is refused as overloaded and was never begun.
 */
public final class OneByOneSalesDesk implements SalesDesk, Managed {
  private final SaleTransaction sales;
  private final SalesDeskSettings settings;
  private final SalesMetrics metrics;
  private final ThreadPoolExecutor settlers;

  /** Opens a desk; {@link #stop()} closes it. */
  public OneByOneSalesDesk(
      SaleTransaction sales, SalesDeskSettings settings, SalesMetrics metrics) {
    this.sales = sales;
    this.settings = settings;
    this.metrics = metrics;
    this.settlers =
        new ThreadPoolExecutor(
            settings.settlers(),
            settings.settlers(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(settings.queueLength()),
            runnable -> new Thread(runnable, "settler"));
  }

  @Override
  public CompletionStage<Verdict> submit(PurchaseRequest request) {
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    Map<String, String> logContext = MDC.getCopyOfContextMap();
    long deadline = System.nanoTime() + settings.maxWait().toNanoseconds();
    try {
      settlers.execute(() -> settle(request, deadline, logContext, verdict));
    } catch (RejectedExecutionException full) {
      metrics.overloaded();
      verdict.completeExceptionally(overloaded());
    }
    return verdict;
  }

  /** Settles what is queued, for at most the time that a request may wait. */
  @Override
  public void stop() throws InterruptedException {
    settlers.shutdown();
    Duration limit = settings.maxWait().toJavaDuration();
    if (!settlers.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      LoggerFactory.getLogger(OneByOneSalesDesk.class)
          .warn("{} requests were not settled before the stop", settlers.getQueue().size());
    }
  }

  private void settle(
      PurchaseRequest request,
      long deadline,
      Map<String, String> logContext,
      CompletableFuture<Verdict> verdict) {
    MDC.setContextMap(logContext == null ? Map.of() : logContext);
    try {
      if (System.nanoTime() - deadline > 0) {
        metrics.overloaded();
        verdict.completeExceptionally(overloaded());
        return;
      }
      Verdict settled = sales.settle(request);
      metrics.settled(settled);
      verdict.complete(settled);
    } catch (JdbiException failure) {
      metrics.failed();
      verdict.completeExceptionally(translate(failure));
    } catch (RuntimeException | Error failure) {
      metrics.failed();
      verdict.completeExceptionally(failure);
    } finally {
      MDC.clear();
    }
  }

  private static ProblemException translate(JdbiException failure) {
    ProblemException problem = DatabaseProblemMapper.translate(failure);
    return failure instanceof TransactionException
        ? ProblemException.retryable(
            ProblemCode.OUTCOME_UNKNOWN,
            "The commit was not confirmed. A retry with the same Idempotency-Key is safe.",
            1)
        : problem;
  }

  /** Spreads the retries of a crowd over a few seconds. */
  private static ProblemException overloaded() {
    return ProblemException.retryable(
        ProblemCode.OVERLOADED,
        "The sales desk has more requests than it can settle; yours was not begun.",
        ThreadLocalRandom.current().nextInt(1, 4));
  }
}
