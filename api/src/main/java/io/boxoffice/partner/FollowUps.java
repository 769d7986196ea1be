package io.boxoffice.partner;

import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the calls that follow a change, in one of the three ways of {@link Communication}. A call
 * that fails in a request is logged, counted and lost, because its change is committed; a consumer
 * tries it again.
 */
public final class FollowUps {
  private static final Logger LOG = LoggerFactory.getLogger(FollowUps.class);

  /** How long a request's thread waits for a commit on another thread. */
  private static final Duration COMMIT_LIMIT = Duration.ofSeconds(30);

  private final Communication way;
  private final BiConsumer<Subscription, Receiver> consumers;
  private final Counter lost;
  private final List<FollowUp> inRequests = new CopyOnWriteArrayList<>();

  /**
   * Makes calls in the given way.
   *
   * @param consumers runs a subscription while the service runs
   */
  FollowUps(
      Communication way,
      BiConsumer<Subscription, Receiver> consumers,
      CollectorRegistry prometheus) {
    this.way = way;
    this.consumers = consumers;
    this.lost =
        Counter.build("follow_ups_lost", "Calls that failed in a request and are not tried again.")
            .labelNames("consumer")
            .register(prometheus);
  }

  /** The way in which calls are made. */
  public Communication way() {
    return way;
  }

  /** Adds what follows some types of events. Modules call it before the service starts. */
  public void add(FollowUp followUp) {
    if (way == Communication.EVENTS || followUp.onlyByEvents()) {
      Subscription subscription =
          new Subscription(
              followUp.consumer(),
              followUp.types().stream().map(EventType::text).collect(Collectors.toSet()),
              false,
              followUp.batchSize());
      for (int i = 0; i < followUp.subscriptions(); i++) {
        consumers.accept(subscription, events -> await(followUp, start(followUp, events)));
      }
    } else {
      lost.labels(followUp.consumer());
      inRequests.add(followUp);
    }
  }

  /**
   * Makes the calls that follow committed changes, if requests make them. Blocking, it returns when
   * all have ended; nonblocking, it returns at once.
   *
   * @return ends when all calls have ended, also those that failed; it never fails itself
   */
  public CompletionStage<Void> after(List<Event> events) {
    return switch (way) {
      case EVENTS -> CompletableFuture.completedFuture(null);
      case NONBLOCKING -> sideBySide(events);
      case BLOCKING -> inSequence(events);
    };
  }

  /** Makes the calls that follow one committed change; see {@link #after(List)}. */
  public CompletionStage<Void> after(Event event) {
    return after(List.of(event));
  }

  /**
   * Makes the calls that follow a change that another thread commits. Blocking, the calling thread
   * waits for the commit too, and makes the calls itself.
   *
   * @param events finds the events in the result of the commit
   * @return ends with the result of the commit, after the calls
   */
  public <T> CompletionStage<T> after(CompletionStage<T> commit, Function<T, List<Event>> events) {
    if (way == Communication.BLOCKING) {
      awaitCommit(commit);
    }
    return commit.thenCompose(
        result -> after(events.apply(result)).thenApply(allCallsEnded -> result));
  }

  private static void awaitCommit(CompletionStage<?> commit) {
    try {
      commit.toCompletableFuture().get(COMMIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException seenByTheCaller) {
      LOG.debug("A commit failed, or takes long");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletionStage<Void> sideBySide(List<Event> events) {
    return CompletableFuture.allOf(
        events.stream()
            .flatMap(
                event -> following(event).stream().map(followUp -> startInRequest(followUp, event)))
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletionStage<Void> inSequence(List<Event> events) {
    for (Event event : events) {
      for (FollowUp followUp : following(event)) {
        // Ends within the limit of the follow-up.
        startInRequest(followUp, event).join();
      }
    }
    return CompletableFuture.completedFuture(null);
  }

  private List<FollowUp> following(Event event) {
    return inRequests.stream()
        .filter(
            followUp ->
                followUp.types().stream().anyMatch(type -> type.text().equals(event.type())))
        .toList();
  }

  /** Starts a call whose failure is only counted. */
  private CompletableFuture<Void> startInRequest(FollowUp followUp, Event event) {
    return start(followUp, List.of(event))
        .handle(
            (done, failure) -> {
              if (failure != null) {
                lost.labels(followUp.consumer()).inc();
                LOG.warn(
                    "The call {} after the event {} failed and is lost: {}",
                    followUp.consumer(),
                    event.id(),
                    causeOf(failure).toString());
              }
              return null;
            });
  }

  /** Starts a call that ends within its limit. */
  private static CompletableFuture<Void> start(FollowUp followUp, List<Event> events) {
    try {
      return followUp
          .call()
          .start(events)
          .toCompletableFuture()
          .<Void>thenApply(done -> null)
          .orTimeout(followUp.limit().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private static void await(FollowUp followUp, CompletableFuture<Void> call) throws Exception {
    try {
      call.get();
    } catch (ExecutionException failed) {
      throw new FailedCallException(followUp.consumer(), causeOf(failed));
    }
  }

  private static Throwable causeOf(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Tells the transport that a call failed. Its text becomes part of a dead letter. */
  private static final class FailedCallException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedCallException(String consumer, Throwable cause) {
      super("The call %s failed: %s".formatted(consumer, cause), cause);
    }
  }
}
