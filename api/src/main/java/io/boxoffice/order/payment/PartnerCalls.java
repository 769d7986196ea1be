package io.boxoffice.order.payment;

import io.boxoffice.order.payment.PaymentMetrics.Call;
import io.boxoffice.platform.http.client.BodyTooLargeException;
import io.boxoffice.platform.http.client.BoundedClient;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends calls to the partner within limits: how many at once, how long each takes with its whole
 * answer, and how large the answer is. A breaker keeps calls back while the partner fails.
 */
final class PartnerCalls {
  private static final Logger LOG = LoggerFactory.getLogger(PartnerCalls.class);

  /** A charge has some hundred bytes. */
  static final int MOST_BYTES = 64 * 1024;

  private final BoundedClient http;
  private final Duration limit;
  private final Bulkhead bulkhead;
  private final CircuitBreaker breaker;
  private final PaymentMetrics metrics;

  /** Reads the answer of a call. */
  interface Reading<T> {
    PaymentReply<T> read(int status, byte[] body);
  }

  /**
   * Creates the client.
   *
   * @param limit for each call, from its begin to the last byte of its answer
   * @param executor runs the client and completes the calls; few threads are enough
   */
  PartnerCalls(
      Duration limit,
      Executor executor,
      Bulkhead bulkhead,
      CircuitBreaker breaker,
      PaymentMetrics metrics) {
    this.limit = limit;
    this.bulkhead = bulkhead;
    this.breaker = breaker;
    this.metrics = metrics;
    this.http = new BoundedClient(limit, MOST_BYTES, executor);
  }

  /**
   * Sends a request.
   *
   * @param what names the call in the log, such as {@code charge of order ...}
   * @return what the reading returns, or a failure as {@link PaymentPartner} describes
   */
  <T> CompletionStage<T> send(Call call, String what, HttpRequest request, Reading<T> reading) {
    if (!bulkhead.tryAcquirePermission()) {
      metrics.refused(call, PaymentOutcome.FULL);
      return unavailable("Too many calls to the payment partner are in flight.");
    }
    if (!breaker.tryAcquirePermission()) {
      bulkhead.releasePermission();
      metrics.refused(call, PaymentOutcome.BREAKER_OPEN);
      return unavailable("The payment partner failed too often, so it is not called for a moment.");
    }
    long begin = System.nanoTime();
    return http.send(request)
        .handle(
            (response, failure) -> {
              PaymentReply<T> reply =
                  failure == null
                      ? reading.read(response.statusCode(), response.body())
                      : lost(failure);
              end(call, what, reply, System.nanoTime() - begin);
              return reply;
            })
        .thenCompose(PaymentReply::toStage);
  }

  private static <T> CompletionStage<T> unavailable(String why) {
    return CompletableFuture.failedFuture(new PaymentUnavailableException(why));
  }

  /** Decides whether a call without an answer may have been received. */
  private <T> PaymentReply<T> lost(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (BoundedClient.isNotSent(cause)) {
      return PaymentReply.failed(
          PaymentOutcome.NOT_SENT,
          new PaymentUnavailableException(
              "No connection to the payment partner: %s."
                  .formatted(cause.getClass().getSimpleName())));
    }
    if (cause instanceof TimeoutException) {
      return PaymentReply.unknown(
          "The partner did not answer within %d ms.".formatted(limit.toMillis()));
    }
    return PaymentReply.unknown(
        cause instanceof BodyTooLargeException
            ? "The partner " + cause.getMessage() + "."
            : "The connection to the partner was lost: %s."
                .formatted(cause.getClass().getSimpleName()));
  }

  private void end(Call call, String what, PaymentReply<?> reply, long nanos) {
    bulkhead.onComplete();
    if (reply.outcome().isFailure()) {
      // At most as many lines as the breaker lets calls fail.
      LOG.warn("The {} has no result: {}", what, reply.failure().getMessage());
    }
    if (call == Call.LEDGER) {
      // Many pages that are read would hide that charges fail, so they do not count.
      breaker.releasePermission();
    } else if (reply.outcome().isFailure()) {
      breaker.onError(nanos, TimeUnit.NANOSECONDS, reply.failure());
    } else {
      breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }
    metrics.ended(call, reply.outcome(), nanos);
  }
}
