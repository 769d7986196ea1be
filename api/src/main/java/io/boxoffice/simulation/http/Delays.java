package io.boxoffice.simulation.http;

import io.boxoffice.platform.tracing.RequestSpans;
import io.boxoffice.platform.tracing.Tracing;
import io.dropwizard.lifecycle.Managed;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delays suspended requests with one timer thread for all of them, and then dispatches them to the
 * filters again. Each delayed request occupies a slot. The slot becomes free when the request
 * continues or its client closes the connection.
 */
public final class Delays implements Managed, LifeCycle.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Delays.class);

  /** The status that web servers log when a client closed the connection before the response. */
  private static final int CLIENT_CLOSED_REQUEST = 499;

  private final SimulationMetrics metrics;
  private final Tracing tracing;
  private final AtomicInteger takenSlots = new AtomicInteger();
  private final Set<DelayedRequest> delayedRequests = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer;
  private volatile boolean closing;

  /**
   * Creates the timer.
   *
   * @param metrics receives the actual delay of each request
   * @param tracing gives each delay a span
   */
  public Delays(SimulationMetrics metrics, Tracing tracing) {
    this.metrics = metrics;
    this.tracing = tracing;
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

  /** Takes a slot, unless all are taken or the server is about to stop. */
  boolean tryTakeSlot(int slots) {
    if (closing) {
      return false;
    }
    if (takenSlots.incrementAndGet() > slots) {
      takenSlots.decrementAndGet();
      return false;
    }
    return true;
  }

  /** Returns the number of slots that are taken. */
  int takenSlots() {
    return takenSlots.get();
  }

  /** Delays a suspended request whose body is already read, and that has a slot if it needs one. */
  void resumeAfter(
      Duration delay,
      AsyncContext suspended,
      ServletRequest request,
      HttpServletResponse response) {
    suspended.setTimeout(0);
    if (delay.isZero()) {
      suspended.dispatch();
      return;
    }
    Span span = tracing.start("simulation.delay", SpanKind.INTERNAL, RequestSpans.of(request));
    DelayedRequest delayed = new DelayedRequest(suspended, response, span);
    delayedRequests.add(delayed);
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
      delayedRequests.forEach(DelayedRequest::resume);
    }
  }

  @Override
  public void stop() {
    timer.shutdownNow();
  }

  private final class DelayedRequest {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AsyncContext suspended;
    private final HttpServletResponse response;
    private final Span span;
    private final long start = System.nanoTime();
    private ScheduledFuture<?> timeout;
    private ClientWatch watch;

    DelayedRequest(AsyncContext suspended, HttpServletResponse response, Span span) {
      this.suspended = suspended;
      this.response = response;
      this.span = span;
    }

    /** Holds the lock, so that a concurrent {@link #end} sees both the watch and the timeout. */
    synchronized void begin(ServletRequest request, Duration delay) {
      if (!ended.get()) {
        watch = ClientWatch.on(request, this::abandon);
        timeout = timer.schedule(this::resume, delay.toNanos(), TimeUnit.NANOSECONDS);
      }
    }

    /** Throws nothing: the timer ignores exceptions, and the other requests must continue too. */
    void resume() {
      try {
        if (end()) {
          metrics.waited(System.nanoTime() - start);
          suspended.dispatch();
        }
      } catch (RuntimeException failure) {
        LOG.warn("A delayed request could not continue", failure);
      }
    }

    private void abandon() {
      if (end()) {
        // A held response has set Content-Length. Without its body, Jetty would make it a 500.
        response.reset();
        response.setStatus(CLIENT_CLOSED_REQUEST);
        // Jetty may have read more requests of the client. Closing makes Jetty discard them.
        response.setHeader(HttpHeader.CONNECTION.asString(), HttpHeaderValue.CLOSE.asString());
        suspended.complete();
      }
    }

    private boolean end() {
      if (!ended.compareAndSet(false, true)) {
        return false;
      }
      delayedRequests.remove(this);
      takenSlots.decrementAndGet();
      span.end();
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
