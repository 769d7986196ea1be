package io.boxoffice.partner;

import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.platform.logging.LogContext;
import io.boxoffice.platform.tracing.TraceScope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Says what follows a change outside of its transaction, such as a call to a partner. The order of
 * two events about one subject is not kept: the receiver of the call needs a version to find it.
 *
 * @param consumer its name as a consumer of events; it must stay the same for ever
 * @param types the events that it follows
 * @param onlyByEvents whether it never runs in a request, whatever the way to communicate is
 * @param limit how long a call may take
 * @param batchSize the most events of one call when a consumer makes it, 1 to 1,000
 * @param subscriptions how many batches each replica has in flight when consumers make the calls, 1
 *     to 8; each keeps a session of the database
 * @param call starts the call
 */
public record FollowUp(
    String consumer,
    Set<EventType> types,
    boolean onlyByEvents,
    Duration limit,
    int batchSize,
    int subscriptions,
    Call call) {
  /** Longer than any call of a client to a partner, which ends by its own limit. */
  private static final Duration LONGER_THAN_CLIENTS = Duration.ofSeconds(90);

  private static final int SUBSCRIPTIONS = 2;

  /**
   * Returns a follow-up that calls a partner.
   *
   * @param batchSize the most events of one call when a consumer makes it, 1 to 1,000
   */
  public static FollowUp toPartner(
      String consumer, Set<EventType> types, int batchSize, Call call) {
    return new FollowUp(
        consumer, types, false, LONGER_THAN_CLIENTS, batchSize, SUBSCRIPTIONS, call);
  }

  /** Returns the same follow-up, which consumers of events run in each way. */
  public FollowUp byEvents() {
    return new FollowUp(consumer, types, true, limit, batchSize, subscriptions, call);
  }

  /** Starts the call for some events, and ends it within the limit. It throws nothing. */
  CompletableFuture<Void> begin(List<Event> events) {
    try {
      return call.start(events)
          .toCompletableFuture()
          .<Void>thenApply(done -> null)
          .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** Returns what a stage failed with. */
  static Throwable causeOf(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Starts the call for some events. */
  @FunctionalInterface
  public interface Call {

    /**
     * Starts the call and returns at once. An event may come more than once, with the same id, so
     * the effect must be harmless when repeated.
     *
     * @param events one when a request makes the call
     * @return ends when the call has ended, and fails when it failed for one of the events
     */
    CompletionStage<?> start(List<Event> events);

    /** Returns a call for each event alone, all of them side by side. */
    static Call each(Function<Event, CompletionStage<?>> one) {
      return events ->
          CompletableFuture.allOf(
              events.stream()
                  .map(event -> start(one, event).toCompletableFuture())
                  .toArray(CompletableFuture<?>[]::new));
    }

    private static CompletionStage<?> start(Function<Event, CompletionStage<?>> one, Event event) {
      try (var ignored = TraceScope.of(event.traceparent());
          var ignoredToo = LogContext.of(event.requestId())) {
        return one.apply(event);
      }
    }
  }
}
