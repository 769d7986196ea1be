package io.boxoffice.report;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.eclipse.jetty.util.component.LifeCycle;

/** Keeps requests that wait for the end of a report. They hold no thread. */
final class ReportWaiters implements LifeCycle.Listener {
  /** Between two looks for reports that another replica has made, and for waits that are over. */
  static final Duration POLL = Duration.ofMillis(500);

  private final int most;
  private final Function<UUID[], List<Report>> lookUp;
  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  /** Holds one request, and until when it waits by {@link System#nanoTime}. */
  private record Waiter(Report seen, long end, CompletableFuture<Report> answer) {}

  /**
   * Keeps at most the given number of requests.
   *
   * @param lookUp reads those of the given reports that are done or failed
   */
  ReportWaiters(int most, Function<UUID[], List<Report>> lookUp) {
    this.most = most;
    this.lookUp = lookUp;
  }

  /**
   * Rejects a request that could not wait.
   *
   * @throws ProblemException 503 when too many requests wait
   */
  void requireRoom() {
    if (waiting.size() >= most) {
      throw ProblemException.retryable(
          ProblemCode.OVERLOADED, "Too many requests wait for a report.", 1);
    }
  }

  /**
   * Waits for the end of a report.
   *
   * @param seen the report as the caller read it
   * @param limit how long to wait; {@link #POLL} more at most
   * @return the report at its end, or the given one after the limit
   */
  CompletableFuture<Report> await(Report seen, Duration limit) {
    if (seen.state() != ReportState.QUEUED || limit.isZero() || stopping) {
      return CompletableFuture.completedFuture(seen);
    }
    Waiter waiter =
        new Waiter(seen, System.nanoTime() + limit.toNanos(), new CompletableFuture<>());
    waiting.add(waiter);
    var unused = waiter.answer().whenComplete((report, failure) -> waiting.remove(waiter));
    return waiter.answer();
  }

  /** Answers the requests that wait for this report. */
  void ended(Report report) {
    waiting.stream()
        .filter(waiter -> waiter.seen().id().equals(report.id()))
        .forEach(waiter -> waiter.answer().complete(report));
  }

  /**
   * Answers the requests whose wait is over, and looks for the reports of the others. Without
   * requests, it costs nothing.
   */
  void poll() {
    long now = System.nanoTime();
    waiting.stream()
        .filter(waiter -> now - waiter.end() >= 0)
        .forEach(waiter -> waiter.answer().complete(waiter.seen()));
    UUID[] ids = waiting.stream().map(waiter -> waiter.seen().id()).distinct().toArray(UUID[]::new);
    if (ids.length > 0) {
      lookUp.apply(ids).forEach(this::ended);
    }
  }

  /** Answers all requests when the server begins to stop, so that it need not wait for them. */
  @Override
  public void lifeCycleStopping(LifeCycle server) {
    stopping = true;
    waiting.forEach(waiter -> waiter.answer().complete(waiter.seen()));
  }
}
