package io.boxoffice.gate.scan;

import io.boxoffice.gate.state.Scan;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.gate.store.ScanTransaction;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets requests that arrive while a transaction runs share the next one. The gates of a hall send
 * many small requests at once, and a transaction costs about the same for one scan as for a
 * hundred.
 */
final class ScanDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ScanDesk.class);
  private static final int RETRY_AFTER_SECONDS = 1;

  private final Function<List<Scan>, List<ScanResult>> transaction;
  private final Duration longestWait;
  private final Semaphore turns;
  private final Queue<Request> waiting = new ArrayDeque<>();

  private record Request(List<Scan> scans, CompletableFuture<List<ScanResult>> results) {}

  /**
   * Opens the desk.
   *
   * @param transaction applies up to {@link ScanTransaction#MOST_SCANS} in one transaction, and
   *     returns a result for each
   * @param atOnce how many transactions run at the same time
   * @param longestWait how long a request waits for the transactions before it
   */
  ScanDesk(Function<List<Scan>, List<ScanResult>> transaction, int atOnce, Duration longestWait) {
    this.transaction = transaction;
    this.longestWait = longestWait;
    this.turns = new Semaphore(atOnce, true);
  }

  /**
   * Applies scans, on this thread or on that of another request.
   *
   * @param scans at most {@link ScanTransaction#MOST_SCANS}
   * @return one result for each, after the commit
   * @throws ProblemException 503 when too many requests are before this one
   * @throws RuntimeException what the transaction throws; the scans may be applied
   */
  List<ScanResult> apply(List<Scan> scans) {
    Request own = new Request(scans, new CompletableFuture<>());
    synchronized (waiting) {
      waiting.add(own);
    }
    boolean isTurn = false;
    try {
      isTurn = turns.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
      List<Request> taken = isTurn ? next(own) : List.of();
      while (!taken.isEmpty()) {
        applyAll(taken);
        taken = next(own);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      if (isTurn) {
        turns.release();
      }
    }
    if (withdraw(own)) {
      throw ProblemException.retryable(
          ProblemCode.OVERLOADED,
          "Too many scans wait. Send the same request again.",
          RETRY_AFTER_SECONDS);
    }
    return resultsOf(own);
  }

  /** Returns how many requests wait for a transaction. */
  int depth() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  /** Takes back a request that no transaction has taken. */
  private boolean withdraw(Request request) {
    synchronized (waiting) {
      return waiting.remove(request);
    }
  }

  /**
   * Takes the requests that have waited longest, as many as fit into one transaction; none if
   * another thread has taken this thread's own.
   */
  private List<Request> next(Request own) {
    List<Request> taken = new ArrayList<>();
    synchronized (waiting) {
      if (!waiting.contains(own)) {
        return taken;
      }
      int scans = 0;
      while (!waiting.isEmpty()
          && (taken.isEmpty()
              || scans + waiting.peek().scans().size() <= ScanTransaction.MOST_SCANS)) {
        scans += waiting.peek().scans().size();
        taken.add(waiting.remove());
      }
    }
    return taken;
  }

  private void applyAll(List<Request> requests) {
    try {
      List<ScanResult> results =
          transaction.apply(
              requests.stream().flatMap(request -> request.scans().stream()).toList());
      int from = 0;
      for (Request request : requests) {
        int to = from + request.scans().size();
        request.results().complete(results.subList(from, to));
        from = to;
      }
    } catch (RuntimeException failure) {
      if (requests.size() > 1 && ScanFailure.isOfScan(failure)) {
        LOG.warn("{} requests with scans failed together; each is tried alone", requests.size());
        requests.forEach(request -> applyAll(List.of(request)));
      } else {
        fail(requests, failure);
      }
    } catch (Error failure) {
      fail(requests, failure);
    }
  }

  private static void fail(List<Request> requests, Throwable failure) {
    requests.forEach(request -> request.results().completeExceptionally(failure));
  }

  private static List<ScanResult> resultsOf(Request request) {
    try {
      return request.results().join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }
}
