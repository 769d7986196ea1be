package io.boxoffice.simulation.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;

/**
 * Suspends a request for its delay without a thread, and then dispatches it to the filters again.
 */
final class Suspension {
  /** The status that web servers log when a client closed the connection before the response. */
  static final int CLIENT_CLOSED_REQUEST = 499;

  private final Delays delays;
  private final LongConsumer waited;

  /**
   * Creates the suspension.
   *
   * @param waited receives the actual delay of each request in nanoseconds
   */
  Suspension(Delays delays, LongConsumer waited) {
    this.delays = delays;
    this.waited = waited;
  }

  /** Delays a suspended request whose body is already read. */
  void resumeAfter(
      HttpServletRequest request,
      HttpServletResponse response,
      AsyncContext suspended,
      Duration delay) {
    suspended.setTimeout(0);
    if (delay.isZero()) {
      suspended.dispatch();
      return;
    }
    long start = System.nanoTime();
    delays.begin(
        request,
        delay,
        () -> {
          waited.accept(System.nanoTime() - start);
          suspended.dispatch();
        },
        () -> {
          // A held response has set Content-Length. Without its body, Jetty would make it a 500.
          response.reset();
          response.setStatus(CLIENT_CLOSED_REQUEST);
          // Jetty may have read more requests of the client. Closing makes Jetty discard them.
          response.setHeader(HttpHeader.CONNECTION.asString(), HttpHeaderValue.CLOSE.asString());
          suspended.complete();
        });
  }
}
