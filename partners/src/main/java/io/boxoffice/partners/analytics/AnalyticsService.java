package io.boxoffice.partners.analytics;

import io.boxoffice.partners.delay.DrawnDelay;
import io.boxoffice.partners.delay.Waits;
import io.boxoffice.partners.journal.Journal;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts events: each one once, in the minute in which it happened. Events are answered only when
 * they are on disk.
 */
final class AnalyticsService {
  private static final int RETRY_AFTER_SECONDS = 1;

  /** How much earlier the clock of the partner may be than that of the shop. */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

  /**
   * What became of the events that were received together.
   *
   * @param counted new ones
   * @param repeated those that were counted before
   * @param tooOld those that are older than the retention, and are not counted
   */
  record Answer(int counted, int repeated, int tooOld) {}

  private final AnalyticsSettings settings;
  private final Journal<AnalyticsEntry> journal;
  private final AnalyticsBook book;
  private final Clock clock;
  private final DrawnDelay delay;
  private final Waits waits;
  private final Executor executor;
  private final AnalyticsMetrics metrics;
  private final AtomicInteger inProgress = new AtomicInteger();

  /**
   * Creates the service.
   *
   * @param executor runs what follows a wait
   */
  AnalyticsService(
      AnalyticsSettings settings,
      Journal<AnalyticsEntry> journal,
      AnalyticsBook book,
      Clock clock,
      Waits waits,
      Executor executor,
      AnalyticsMetrics metrics) {
    this.settings = settings;
    this.journal = journal;
    this.book = book;
    this.clock = clock;
    this.delay = new DrawnDelay("ANALYTICS_DELAY", settings.delay());
    this.waits = waits;
    this.executor = executor;
    this.metrics = metrics;
  }

  /**
   * Counts events after the delay.
   *
   * @throws ProblemException 422 for events of the future, 503 when there is no room
   */
  CompletionStage<Answer> count(List<Event> events) {
    Instant now = clock.instant();
    if (events.stream().anyMatch(event -> event.at().isAfter(now.plus(CLOCK_DIFFERENCE)))) {
      throw ProblemException.invalid("at", "must not be more than 5 minutes in the future");
    }
    Instant oldest = oldest();
    List<Event> young = events.stream().filter(event -> !event.at().isBefore(oldest)).toList();
    int tooOld = events.size() - young.size();
    requireRoom(young);
    inProgress.incrementAndGet();
    return waits
        .after(delay.next())
        .thenComposeAsync(nothing -> write(young, tooOld), executor)
        .whenComplete((answer, failure) -> inProgress.decrementAndGet());
  }

  private CompletionStage<Answer> write(List<Event> young, int tooOld) {
    if (young.isEmpty()) {
      return CompletableFuture.completedStage(answered(0, 0, tooOld));
    }
    return journal
        .append(now -> new AnalyticsEntry.Received(young))
        .thenApplyAsync(
            entry -> answered(young.size() - entry.repeated(), entry.repeated(), tooOld), executor);
  }

  private Answer answered(int counted, int repeated, int tooOld) {
    Answer answer = new Answer(counted, repeated, tooOld);
    metrics.received(answer);
    return answer;
  }

  /** Returns before which time events are not counted. */
  Instant oldest() {
    return clock.instant().minus(settings.retention().toJavaDuration());
  }

  /** Returns how many requests are not on disk yet. */
  int inProgress() {
    return inProgress.get();
  }

  private void requireRoom(List<Event> events) {
    if (inProgress.get() >= settings.mostInProgress()) {
      throw ProblemException.retryable(
          ProblemCode.OVERLOADED, "Too many requests are in progress.", RETRY_AFTER_SECONDS);
    }
    if (book.minutes() + book.newMinutes(events) > settings.mostMinutes()) {
      throw ProblemException.of(
          ProblemCode.UNAVAILABLE,
          "The ledger holds as many minutes as it may: %d.".formatted(settings.mostMinutes()));
    }
  }
}
