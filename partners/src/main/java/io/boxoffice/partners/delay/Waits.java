package io.boxoffice.partners.delay;

import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Delays effects without a thread for each. When the server stops, all waits end at once: nothing
 * was done, and the shop can send the request again with the same key.
 */
public final class Waits implements LifeCycle.Listener {
  private static final int RETRY_AFTER_SECONDS = 5;

  private final ScheduledExecutorService timer;

  /** What ends each wait early. */
  private final Set<Runnable> ends = ConcurrentHashMap.newKeySet();

  private volatile boolean closing;

  /** Waits by the given timer. */
  public Waits(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /**
   * Starts a wait.
   *
   * @return completes after the delay; fails with a 503 when the server stops before
   */
  public CompletableFuture<Void> after(Duration delay) {
    CompletableFuture<Void> wait = new CompletableFuture<>();
    Runnable early = () -> wait.completeExceptionally(stopping());
    ends.add(early);
    try {
      ScheduledFuture<?> end =
          timer.schedule(() -> wait.complete(null), delay.toNanos(), TimeUnit.NANOSECONDS);
      var unused =
          wait.whenComplete(
              (nothing, failure) -> {
                end.cancel(false);
                ends.remove(early);
              });
    } catch (RejectedExecutionException stopped) {
      early.run();
    }
    if (closing) {
      early.run();
    }
    return wait;
  }

  @Override
  public void lifeCycleStopping(LifeCycle event) {
    if (event instanceof Server) {
      closing = true;
      ends.forEach(Runnable::run);
    }
  }

  private static ProblemException stopping() {
    return ProblemException.retryable(
        ProblemCode.UNAVAILABLE, "The partner stops. Nothing was done.", RETRY_AFTER_SECONDS);
  }
}
