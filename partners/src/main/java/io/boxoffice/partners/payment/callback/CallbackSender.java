package io.boxoffice.partners.payment.callback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.partners.payment.ledger.Callback;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Sends callbacks without a thread for each, and again with growing pauses until the shop answers
 * with 2xx or the time is over. Every attempt has a signature of its own, because the shop rejects
 * old ones.
 */
public final class CallbackSender {
  private static final int MOST_AT_ONCE = 16;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int SUCCESS_CLASS = 2;

  /** How an attempt, or all of them, ended. */
  public enum Outcome {
    /** The shop answered with 2xx. */
    DELIVERED,
    /** The attempt failed, and another one follows. */
    FAILED,
    /** The last attempt failed. */
    GIVEN_UP
  }

  private record Attempt(Callback callback, Duration pauseAfter) {}

  private final URI target;
  private final CallbackSettings settings;
  private final Signature signature;
  private final ObjectMapper json;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final BiConsumer<Callback, Outcome> outcomes;
  private final HttpClient http;
  private final Queue<Attempt> due = new ConcurrentLinkedQueue<>();
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final AtomicInteger pending = new AtomicInteger();

  /**
   * Creates the sender.
   *
   * @param timer starts attempts; its thread is never blocked
   * @param executor runs what follows an answer
   * @param outcomes receives the outcome of each attempt
   */
  public CallbackSender(
      URI target,
      CallbackSettings settings,
      ObjectMapper json,
      Clock clock,
      ScheduledExecutorService timer,
      Executor executor,
      BiConsumer<Callback, Outcome> outcomes) {
    this.target = target;
    this.settings = settings;
    this.signature = new Signature(settings.secret());
    this.json = json;
    this.clock = clock;
    this.timer = timer;
    this.outcomes = outcomes;
    this.http =
        HttpClient.newBuilder()
            .executor(executor)
            .connectTimeout(CONNECT_LIMIT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /** Sends a callback after a delay. */
  public void send(Callback callback, Duration delay) {
    pending.incrementAndGet();
    schedule(new Attempt(callback, settings.firstPause().toJavaDuration()), delay);
  }

  /** Sends the callbacks that an earlier run did not deliver, except those whose time is over. */
  public void sendAgain(Collection<Callback> undelivered) {
    undelivered.stream()
        .filter(callback -> clock.instant().isBefore(endOf(callback)))
        .forEach(callback -> send(callback, Duration.ZERO));
  }

  /** Returns how many callbacks wait for their next attempt or for its answer. */
  public int pending() {
    return pending.get();
  }

  private void schedule(Attempt attempt, Duration delay) {
    try {
      var unused =
          timer.schedule(
              () -> {
                due.add(attempt);
                sendDue();
              },
              delay.toNanos(),
              TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopping) {
      // The ledger has the callback as not delivered, so the next start sends it.
      pending.decrementAndGet();
    }
  }

  /** Starts as many attempts as have a place. It runs again when a place becomes free. */
  private void sendDue() {
    while (!due.isEmpty() && places.tryAcquire()) {
      Attempt attempt = due.poll();
      if (attempt == null) {
        places.release();
      } else {
        var unused =
            http.sendAsync(request(attempt.callback()), HttpResponse.BodyHandlers.discarding())
                .handle(
                    (response, failure) -> {
                      places.release();
                      ended(attempt, isSuccess(response));
                      sendDue();
                      return null;
                    });
      }
    }
  }

  private static boolean isSuccess(HttpResponse<Void> response) {
    return response != null && response.statusCode() / 100 == SUCCESS_CLASS;
  }

  private void ended(Attempt attempt, boolean delivered) {
    Callback callback = attempt.callback();
    boolean over = clock.instant().plus(attempt.pauseAfter()).isAfter(endOf(callback));
    if (delivered || over) {
      pending.decrementAndGet();
      outcomes.accept(callback, delivered ? Outcome.DELIVERED : Outcome.GIVEN_UP);
      return;
    }
    outcomes.accept(callback, Outcome.FAILED);
    Duration next = attempt.pauseAfter().multipliedBy(2);
    schedule(
        new Attempt(callback, next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next),
        attempt.pauseAfter());
  }

  private Instant endOf(Callback callback) {
    return callback.createdAt().plus(settings.giveUpAfter().toJavaDuration());
  }

  private HttpRequest request(Callback callback) {
    byte[] body = bodyOf(callback);
    return HttpRequest.newBuilder(target)
        .timeout(settings.timeLimit().toJavaDuration())
        .header("Content-Type", "application/json")
        .header(Signature.HEADER, signature.of(clock.instant(), body))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private byte[] bodyOf(Callback callback) {
    try {
      return json.writeValueAsBytes(callback);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
