package io.boxoffice.simulation.http;

import io.dropwizard.lifecycle.Managed;
import jakarta.servlet.ServletRequest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Delays suspended requests with one timer thread for all of them. Each delayed request occupies a
 * place. The place becomes free when the request continues or its client closes the connection.
 */
public final class Delays implements Managed, LifeCycle.Listener {
  private final AtomicInteger active = new AtomicInteger();
  private final Set<DelayedRequest> waiting = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer;
  private volatile boolean closing;

  /** Creates the timer. */
  public Delays() {
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            runnable -> {
              Thread thread = new Thread(runnable, "simulation-timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Takes a place, unless {@code most} places are taken or the server is about to stop. */
  boolean tryTakePlace(int most) {
    if (closing) {
      return false;
    }
    if (active.incrementAndGet() > most) {
      active.decrementAndGet();
      return false;
    }
    return true;
  }

  /** Returns the number of places that are taken. */
  int active() {
    return active.get();
  }

  /**
   * Starts the delay of a suspended request that already has a place.
   *
   * @param then runs on the timer's thread after the delay; must not block
   * @param hungUp runs instead when the client closes the connection; must not block
   */
  void begin(ServletRequest request, Duration delay, Runnable then, Runnable hungUp) {
    DelayedRequest delayed = new DelayedRequest(then, hungUp);
    waiting.add(delayed);
    delayed.begin(request, delay);
    if (closing) {
      delayed.resume();
    }
  }

  /** Ends all delays at once when the server stops, before the server waits for its requests. */
  @Override
  public void lifeCycleStopping(LifeCycle event) {
    if (event instanceof Server) {
      closing = true;
      waiting.forEach(DelayedRequest::resume);
    }
  }

  @Override
  public void stop() {
    timer.shutdownNow();
  }

  private final class DelayedRequest {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Runnable then;
    private final Runnable hungUp;
    private ScheduledFuture<?> timeout;
    private ClientWatch watch;

    DelayedRequest(Runnable then, Runnable hungUp) {
      this.then = then;
      this.hungUp = hungUp;
    }

    /** Holds the lock, so that a concurrent {@link #end} sees both the watch and the timeout. */
    synchronized void begin(ServletRequest request, Duration delay) {
      if (!ended.get()) {
        watch = ClientWatch.on(request, this::abandon);
        timeout = timer.schedule(this::resume, delay.toNanos(), TimeUnit.NANOSECONDS);
      }
    }

    void resume() {
      if (end()) {
        then.run();
      }
    }

    private void abandon() {
      if (end()) {
        hungUp.run();
      }
    }

    private boolean end() {
      if (!ended.compareAndSet(false, true)) {
        return false;
      }
      waiting.remove(this);
      active.decrementAndGet();
      cancelWatchAndTimeout();
      return true;
    }

    private synchronized void cancelWatchAndTimeout() {
      if (watch != null) {
        watch.end();
        timeout.cancel(false);
      }
    }
  }
}
