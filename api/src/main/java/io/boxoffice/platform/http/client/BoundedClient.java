package io.boxoffice.platform.http.client;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;

/**
 * Calls another service without a thread that waits. How long a call takes with its whole answer,
 * and how large the answer is, have limits.
 */
public final class BoundedClient {
  /** Long enough for one lost packet on the way to a distant service. */
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  private final HttpClient http;
  private final Duration limit;
  private final int mostBytes;
  private final Executor executor;

  /**
   * Creates the client.
   *
   * @param limit for each call, from its begin to the last byte of its answer
   * @param mostBytes the largest body of an answer
   * @param executor runs the client and completes the calls; few threads are enough
   */
  public BoundedClient(Duration limit, int mostBytes, Executor executor) {
    this.limit = limit;
    this.mostBytes = mostBytes;
    this.executor = executor;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(limit.compareTo(CONNECT_LIMIT) < 0 ? limit : CONNECT_LIMIT)
            .followRedirects(Redirect.NEVER)
            .executor(executor)
            .build();
  }

  /**
   * Sends a request.
   *
   * @return the answer with any status; else it fails with TimeoutException after the time limit,
   *     with BodyTooLargeException, or with another IOException
   */
  public CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request, head -> new LimitedBody(mostBytes));
    // A copy, because an exchange that has ended with the time limit could not be cancelled.
    return exchange
        .copy()
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .whenCompleteAsync((response, failure) -> exchange.cancel(true), executor);
  }

  /**
   * Whether the other service certainly did not receive a call that failed. The client opens a
   * connection, with TLS, before it sends the first byte of the request.
   */
  public static boolean isNotSent(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof SSLHandshakeException;
  }
}
