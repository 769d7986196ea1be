package io.boxoffice.simulation;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Takes a request off its thread and brings it back to the filters when it may go on. */
final class Suspension {
  /** What web servers log for a client that closed the connection before its answer. */
  static final int CLIENT_CLOSED_REQUEST = 499;

  private final Delays delays;
  private final LongConsumer waited;

  /** Tells how many nanoseconds each request waited. */
  Suspension(Delays delays, LongConsumer waited) {
    this.delays = delays;
    this.waited = waited;
  }

  /** Suspends a request that has not been handled, until its body is here and it has waited. */
  void beforeHandling(HttpServletRequest request, HttpServletResponse response, Duration delay) {
    AsyncContext suspended = request.startAsync();
    suspended.setTimeout(0);
    Request core = ServletContextRequest.getServletContextRequest(request);
    long since = System.nanoTime();
    Runnable whenBodyIsHere =
        () -> {
          Duration left = delay.isZero() ? delay : delay.minusNanos(System.nanoTime() - since);
          resumeAfter(request, response, suspended, left, since);
        };
    if (hasBody(core)) {
      // Jetty keeps what arrives; nothing is read here. The wait for it counts into the delay.
      core.demand(whenBodyIsHere);
    } else {
      whenBodyIsHere.run();
    }
  }

  /** Lets a request wait that was handled, has its answer and is suspended. */
  void afterHandling(
      HttpServletRequest request,
      HttpServletResponse response,
      AsyncContext suspended,
      Duration delay) {
    suspended.setTimeout(0);
    resumeAfter(request, response, suspended, delay, System.nanoTime());
  }

  private void resumeAfter(
      HttpServletRequest request,
      HttpServletResponse response,
      AsyncContext suspended,
      Duration delay,
      long since) {
    if (delay.isZero()) {
      suspended.dispatch();
      return;
    }
    delays.begin(
        request,
        delay,
        () -> {
          waited.accept(System.nanoTime() - since);
          suspended.dispatch();
        },
        () -> {
          response.setStatus(CLIENT_CLOSED_REQUEST);
          suspended.complete();
        });
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }
}
