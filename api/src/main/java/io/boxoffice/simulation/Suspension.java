package io.boxoffice.simulation;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;

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

  /** Suspends a request that has not been handled; its body has been read beforehand. */
  void beforeHandling(HttpServletRequest request, HttpServletResponse response, Duration delay) {
    resumeAfter(request, response, request.startAsync(), delay);
  }

  /** Lets a request wait that was handled, has its answer and is suspended. */
  void afterHandling(
      HttpServletRequest request,
      HttpServletResponse response,
      AsyncContext suspended,
      Duration delay) {
    resumeAfter(request, response, suspended, delay);
  }

  private void resumeAfter(
      HttpServletRequest request,
      HttpServletResponse response,
      AsyncContext suspended,
      Duration delay) {
    suspended.setTimeout(0);
    if (delay.isZero()) {
      suspended.dispatch();
      return;
    }
    long since = System.nanoTime();
    delays.begin(
        request,
        delay,
        () -> {
          waited.accept(System.nanoTime() - since);
          suspended.dispatch();
        },
        () -> {
          // An answer that was held has announced a length; without its body that would be a 500.
          response.reset();
          response.setStatus(CLIENT_CLOSED_REQUEST);
          // Jetty may have read the client's next requests already, and would go on with them.
          response.setHeader(HttpHeader.CONNECTION.asString(), HttpHeaderValue.CLOSE.asString());
          suspended.complete();
        });
  }
}
