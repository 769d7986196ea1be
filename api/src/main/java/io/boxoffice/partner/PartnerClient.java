package io.boxoffice.partner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.partner.PartnerException.Outcome;
import io.boxoffice.platform.http.RequestIdFilter;
import io.boxoffice.platform.http.client.BodyTooLargeException;
import io.boxoffice.platform.http.client.BoundedClient;
import io.boxoffice.platform.logging.LogContext;
import io.boxoffice.platform.tracing.Traceparent;
import io.boxoffice.platform.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;

/** Calls one partner. A call holds no thread, and its time, answer and number are bounded. */
public final class PartnerClient {
  /** An answer has some hundred bytes, and a signed statement some thousand. */
  static final int MOST_BYTES = 64 * 1024;

  /** How many calls to one partner may be in flight. */
  static final int MOST_IN_FLIGHT = 2_000;

  private static final int SUCCESS = 2;
  private static final int CLIENT_ERROR = 4;

  /** Request Timeout, Conflict (the same key is in progress), Too Early. */
  private static final Set<Integer> PASSING = Set.of(408, 409, 425);

  /** Too Many Requests, Service Unavailable. */
  private static final Set<Integer> UNAVAILABLE = Set.of(429, 503);

  private final Partner partner;
  private final URI base;
  private final String token;
  private final BoundedClient http;
  private final ObjectMapper json;
  private final PartnerMetrics metrics;
  private final Tracing tracing;
  private final Semaphore room = new Semaphore(MOST_IN_FLIGHT);

  /**
   * Calls the partner at this address.
   *
   * @param base ends with a slash
   * @param token blank for none
   */
  PartnerClient(
      Partner partner,
      URI base,
      String token,
      BoundedClient http,
      ObjectMapper json,
      PartnerMetrics metrics,
      Tracing tracing) {
    this.partner = partner;
    this.base = base;
    this.token = token;
    this.http = http;
    this.json = json;
    this.metrics = metrics;
    this.tracing = tracing;
  }

  /**
   * Sends a request.
   *
   * @return the answer, if its status is 2xx and its body a JSON object; otherwise fails with
   *     PartnerException
   */
  public CompletionStage<PartnerAnswer> send(PartnerRequest request) {
    return tracing.follow(
        partner.label() + " " + request.method(), SpanKind.CLIENT, () -> sendInSpan(request));
  }

  private CompletionStage<PartnerAnswer> sendInSpan(PartnerRequest request) {
    if (!room.tryAcquire()) {
      metrics.refused(partner, Outcome.FULL);
      return CompletableFuture.failedFuture(
          failure(Outcome.FULL, "has too many calls in flight, so it is not called"));
    }
    long begin = System.nanoTime();
    return http.send(toHttp(request))
        .handle(
            (response, failure) -> {
              room.release();
              try {
                if (failure != null) {
                  throw lost(failure);
                }
                PartnerAnswer answer = read(response);
                metrics.ended(partner, Outcome.SUCCEEDED, System.nanoTime() - begin);
                return answer;
              } catch (PartnerException failed) {
                metrics.ended(partner, failed.outcome(), System.nanoTime() - begin);
                throw failed;
              }
            });
  }

  private HttpRequest toHttp(PartnerRequest request) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(base.resolve(request.path())).header("Accept", "application/json");
    if (!token.isBlank()) {
      http.header("Authorization", "Bearer " + token);
    }
    if (request.key() != null) {
      http.header("Idempotency-Key", request.key());
    }
    request.headers().forEach(http::header);
    String trace = Traceparent.forRequest();
    if (trace != null) {
      http.header(Traceparent.HEADER, trace);
    }
    String requestId = LogContext.requestId();
    if (requestId != null) {
      http.header(RequestIdFilter.HEADER, requestId);
    }
    if (request.body() == null) {
      return http.method(request.method(), BodyPublishers.noBody()).build();
    }
    return http.header("Content-Type", "application/json")
        .method(request.method(), BodyPublishers.ofByteArray(bytes(request.body())))
        .build();
  }

  private byte[] bytes(Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException impossible) {
      // Without the cause, whose message may contain an address.
      throw new IllegalStateException("A body could not be written as JSON.");
    }
  }

  private PartnerAnswer read(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status / 100 != SUCCESS) {
      throw failure(outcome(status), "answered " + status);
    }
    try {
      JsonNode body = json.readTree(response.body());
      if (body != null && body.isObject()) {
        return new PartnerAnswer(status, body, response.headers().firstValue("Location"));
      }
    } catch (IOException notJson) {
      // The message would repeat the answer.
    }
    throw failure(Outcome.FAILED, "answered %d with a body that cannot be read".formatted(status));
  }

  private static Outcome outcome(int status) {
    if (UNAVAILABLE.contains(status)) {
      return Outcome.UNAVAILABLE;
    }
    return status / 100 == CLIENT_ERROR && !PASSING.contains(status)
        ? Outcome.REFUSED
        : Outcome.FAILED;
  }

  private PartnerException lost(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (BoundedClient.isNotSent(cause)) {
      return failure(Outcome.NOT_SENT, "has no connection: " + cause.getClass().getSimpleName());
    }
    if (cause instanceof TimeoutException) {
      return failure(Outcome.TIMED_OUT, "did not answer in time");
    }
    return failure(
        Outcome.FAILED,
        cause instanceof BodyTooLargeException
            ? cause.getMessage()
            : "lost the connection: " + cause.getClass().getSimpleName());
  }

  private PartnerException failure(Outcome outcome, String what) {
    return new PartnerException(outcome, "The %s partner %s.".formatted(partner.label(), what));
  }
}
