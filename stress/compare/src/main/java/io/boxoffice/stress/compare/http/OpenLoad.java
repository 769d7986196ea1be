package io.boxoffice.stress.compare.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.stress.bench.http.Arrivals;
import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.compare.audit.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Sends requests at random times at a rate, whether or not earlier ones are answered. The same seed
 * gives the same times, so each way to communicate gets the same load. A request is sent once: it
 * is not repeated after a failure.
 */
public final class OpenLoad {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final long MICROS_PER_MILLI = 1_000;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final Requests requests;
  private final Duration timeLimit;

  /**
   * The requests of a load.
   *
   * @param request gives the request of a number, from 0 on
   * @param key names the effect of the request of a number
   * @param accepts whether a status is a success
   */
  public record Requests(
      IntFunction<HttpRequest.Builder> request, IntFunction<String> key, IntPredicate accepts) {}

  /**
   * Prepares a load.
   *
   * @param timeLimit how long the client of a request waits for the whole answer
   */
  public OpenLoad(Requests requests, Duration timeLimit) {
    this.requests = requests;
    this.timeLimit = timeLimit;
  }

  /** How many arrivals a load has, for its preparation. */
  public static int count(double perSecond, Duration length, long seed) {
    Arrivals arrivals = new Arrivals(perSecond, seed);
    int count = 0;
    for (; arrivals.peek() < length.toNanos(); arrivals.advance()) {
      count++;
    }
    return count;
  }

  /** Sends the load, and waits for the last answer. */
  public List<Answer> run(double perSecond, Duration length, long seed) {
    Arrivals arrivals = new Arrivals(perSecond, seed);
    long beginNanos = System.nanoTime();
    long beginMicros = System.currentTimeMillis() * MICROS_PER_MILLI;
    CompletableFuture<?>[] pending = new CompletableFuture<?>[count(perSecond, length, seed)];
    for (int index = 0; index < pending.length; index++) {
      long wait = arrivals.peek() - (System.nanoTime() - beginNanos);
      while (wait > 0) {
        LockSupport.parkNanos(wait);
        if (Thread.interrupted()) {
          throw new BenchException("The load was interrupted.");
        }
        wait = arrivals.peek() - (System.nanoTime() - beginNanos);
      }
      pending[index] = send(index, beginMicros, beginNanos, arrivals.peek());
      arrivals.advance();
    }
    CompletableFuture.allOf(pending).join();
    return List.copyOf(answers);
  }

  /** The answers that have come in the meantime. */
  public List<Answer> answers() {
    return List.copyOf(answers);
  }

  /** How many requests were sent in the meantime. */
  public int sent() {
    return sent.get();
  }

  private CompletableFuture<?> send(int index, long beginMicros, long beginNanos, long arrival) {
    HttpRequest request = requests.request().apply(index).timeout(timeLimit).build();
    String key = requests.key().apply(index);
    sent.incrementAndGet();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .handle(
            (response, failure) -> {
              long now =
                  beginMicros + TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - beginNanos);
              int status = response == null ? 0 : response.statusCode();
              boolean accepted = requests.accepts().test(status);
              String code = accepted ? "" : response == null ? code(failure) : code(response);
              long intended = beginMicros + TimeUnit.NANOSECONDS.toMicros(arrival);
              return answers.add(new Answer(key, intended, now, status, accepted, code));
            });
  }

  private static String code(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
      return Answer.NO_CONNECTION;
    }
    return cause instanceof HttpTimeoutException ? Answer.TIMEOUT : Answer.CONNECTION_LOST;
  }

  private static String code(HttpResponse<String> response) {
    try {
      String code = JSON.readTree(response.body()).path("code").asText();
      return code.isEmpty() ? Integer.toString(response.statusCode()) : code;
    } catch (IOException noJson) {
      return Integer.toString(response.statusCode());
    }
  }
}
