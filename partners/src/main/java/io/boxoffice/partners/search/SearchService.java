package io.boxoffice.partners.search;

import io.boxoffice.partners.delay.DrawnDelay;
import io.boxoffice.partners.delay.Waits;
import io.boxoffice.partners.journal.Journal;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Applies changes of concerts: in any order and however often they arrive, the newest version wins.
 * A change is answered only when it is on disk and can be found.
 */
final class SearchService {
  private static final int RETRY_AFTER_SECONDS = 1;

  /**
   * How a change ended.
   *
   * @param version the version that the partner has now
   * @param applied whether this request led to it; false if the partner had this version or a newer
   *     one
   */
  record Answer(UUID concertId, long version, boolean applied) {}

  private final SearchSettings settings;
  private final Journal<ConcertChange> journal;
  private final ConcertBook book;
  private final DrawnDelay delay;
  private final Waits waits;
  private final Executor executor;
  private final SearchMetrics metrics;
  private final AtomicInteger inProgress = new AtomicInteger();

  /**
   * Creates the service.
   *
   * @param executor runs what follows a wait
   */
  SearchService(
      SearchSettings settings,
      Journal<ConcertChange> journal,
      ConcertBook book,
      Waits waits,
      Executor executor,
      SearchMetrics metrics) {
    this.settings = settings;
    this.journal = journal;
    this.book = book;
    this.delay = new DrawnDelay("SEARCH_DELAY", settings.delay());
    this.waits = waits;
    this.executor = executor;
    this.metrics = metrics;
  }

  /**
   * Applies a change after the delay, unless the concert has this version or a newer one.
   *
   * @param key names the change in the ledger
   * @param version orders the changes of a concert; 0 or more
   * @param concert null to delete the concert
   * @throws ProblemException 503 when there is no room
   */
  CompletionStage<Answer> change(String key, UUID concertId, long version, ConcertText concert) {
    requireRoom(concertId);
    inProgress.incrementAndGet();
    return waits
        .after(delay.next())
        .thenComposeAsync(nothing -> write(key, concertId, version, concert), executor)
        .whenComplete((answer, failure) -> inProgress.decrementAndGet());
  }

  private CompletionStage<Answer> write(
      String key, UUID concertId, long version, ConcertText concert) {
    if (version(concertId) >= version) {
      return CompletableFuture.completedStage(answered(concertId, false));
    }
    return journal
        .append(now -> new ConcertChange(concertId, version, key, concert, now))
        .thenApplyAsync(
            change -> answered(concertId, book.last(concertId).filter(change::equals).isPresent()),
            executor);
  }

  private Answer answered(UUID concertId, boolean applied) {
    metrics.changed(applied);
    return new Answer(concertId, version(concertId), applied);
  }

  private long version(UUID concertId) {
    return book.last(concertId).map(ConcertChange::version).orElse(-1L);
  }

  /** Returns how many changes are not on disk yet. */
  int inProgress() {
    return inProgress.get();
  }

  private void requireRoom(UUID concertId) {
    if (inProgress.get() >= settings.mostInProgress()) {
      throw ProblemException.retryable(
          ProblemCode.OVERLOADED, "Too many changes are in progress.", RETRY_AFTER_SECONDS);
    }
    if (book.last(concertId).isEmpty() && book.size() >= settings.mostConcerts()) {
      throw ProblemException.of(
          ProblemCode.UNAVAILABLE,
          "The index holds as many concerts as it may: %d.".formatted(settings.mostConcerts()));
    }
  }
}
