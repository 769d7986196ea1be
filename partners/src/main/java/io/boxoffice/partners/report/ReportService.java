package io.boxoffice.partners.report;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.partners.delay.DrawnDelay;
import io.boxoffice.partners.delay.Waits;
import io.boxoffice.partners.effect.OncePerKey;
import io.boxoffice.partners.journal.Journal;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Accepts requests for reports: one for each key. A report is accepted only when it is on disk and
 * has a place in the queue; it is made afterwards.
 */
final class ReportService {
  /** One report is made and eight wait. */
  static final int MOST_QUEUED = 9;

  private static final int RETRY_AFTER_SECONDS = 5;

  /**
   * How a request ended.
   *
   * @param replayed whether an earlier request led to the report
   */
  record Answer(Report report, boolean replayed) {}

  private final ReportSettings settings;
  private final Journal<ReportEntry> journal;
  private final ReportBook book;
  private final DrawnDelay delay;
  private final Waits waits;
  private final NoArgGenerator ids;
  private final Executor executor;
  private final ReportMetrics metrics;
  private final Consumer<UUID> worker;
  private final Semaphore places = new Semaphore(MOST_QUEUED);
  private final OncePerKey<NewReport, Answer> once;

  /** What completes at the end of each report that requests wait for. */
  private final ConcurrentMap<UUID, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();

  /**
   * Creates the service.
   *
   * @param executor runs what follows a wait
   * @param worker makes a report
   * @param inProgress an empty map, which makes a key the key of one request at a time
   */
  ReportService(
      ReportSettings settings,
      Journal<ReportEntry> journal,
      ReportBook book,
      Waits waits,
      NoArgGenerator ids,
      Executor executor,
      ReportMetrics metrics,
      Consumer<UUID> worker,
      ConcurrentMap<String, NewReport> inProgress) {
    this.settings = settings;
    this.journal = journal;
    this.book = book;
    this.delay = new DrawnDelay("REPORT_DELAY", settings.delay());
    this.waits = waits;
    this.ids = ids;
    this.executor = executor;
    this.metrics = metrics;
    this.worker = worker;
    // The places limit how many there are.
    this.once = new OncePerKey<>("reports", Integer.MAX_VALUE, this::earlier, inProgress);
  }

  /** Makes the reports that an earlier run did not end. */
  void makeAgain() {
    for (Report report : book.queued()) {
      // Always successful: the run before had the same number of places.
      boolean unused = places.tryAcquire();
      worker.accept(report.id());
    }
  }

  /**
   * Accepts a request, or finds the report of the key. A report that has failed is made again.
   *
   * @throws ProblemException 409 while another request with the key is in progress, 422 for a key
   *     with another request, 503 when the queue or the ledger is full
   */
  CompletionStage<Answer> request(String key, NewReport request) {
    NewReport whole =
        request.rounds() == null ? new NewReport(request.concertId(), settings.rounds()) : request;
    return once.run(
            key,
            whole,
            () -> {
              requireRoom(key, whole);
              takePlace();
              return placed(
                  waits
                      .after(delay.next())
                      .thenComposeAsync(nothing -> write(key, whole), executor));
            })
        .thenApply(
            answer -> {
              if (answer.replayed()) {
                metrics.replayed();
              }
              return answer;
            });
  }

  /** Gives the place back if the report is not on disk, else starts its work. */
  private CompletionStage<Answer> placed(CompletionStage<ReportEntry.Stored> stored) {
    return stored.handle(
        (entry, failure) -> {
          if (failure != null) {
            places.release();
            throw failure instanceof RuntimeException cause
                ? cause
                : new IllegalStateException(failure);
          }
          worker.accept(entry.report().id());
          return new Answer(entry.report(), false);
        });
  }

  private CompletionStage<ReportEntry.Stored> write(String key, NewReport request) {
    return journal.append(
        now ->
            new ReportEntry.Stored(
                // A failed report keeps its id and its time.
                book.acceptedWith(key)
                    .map(Report::queued)
                    .orElseGet(
                        () ->
                            new Report(
                                ids.generate(),
                                key,
                                request.concertId(),
                                request.rounds(),
                                Report.State.QUEUED,
                                now,
                                null,
                                null,
                                null))));
  }

  /**
   * Waits for the end of a report.
   *
   * @return the report as it is at its end, when the time is over or when the process stops
   */
  CompletionStage<Report> end(UUID reportId, Duration wait) {
    CompletableFuture<Void> end =
        ends.computeIfAbsent(reportId, unused -> new CompletableFuture<>());
    CompletableFuture<Void> over = waits.after(wait);
    // It may have ended before its future was there.
    if (book.report(reportId).map(Report::state).orElse(null) != Report.State.QUEUED) {
      end.complete(null);
    }
    return CompletableFuture.anyOf(end, over)
        .handle(
            (nothing, stopping) -> {
              over.complete(null);
              if (end.isDone()) {
                ends.remove(reportId, end);
              }
              return book.report(reportId).orElseThrow();
            });
  }

  /** Answers the requests that wait for a report, and frees its place. */
  void ended(Report report) {
    places.release();
    CompletableFuture<Void> end = ends.remove(report.id());
    if (end != null) {
      end.completeAsync(() -> null, executor);
    }
  }

  /** Returns how many reports wait for the thread, with the one that it makes. */
  int queued() {
    return MOST_QUEUED - places.availablePermits();
  }

  private Optional<OncePerKey.Done<NewReport, Answer>> earlier(String key) {
    return book.acceptedWith(key)
        .filter(report -> report.state() != Report.State.FAILED)
        .map(report -> new OncePerKey.Done<>(requestOf(report), new Answer(report, true)));
  }

  private static NewReport requestOf(Report report) {
    return new NewReport(report.concertId(), report.rounds());
  }

  private void requireRoom(String key, NewReport request) {
    Optional<Report> failed = book.acceptedWith(key);
    if (failed.isPresent() && !requestOf(failed.get()).equals(request)) {
      throw ProblemException.of(
          ProblemCode.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key was used for a request with another body.");
    }
    if (failed.isEmpty() && book.size() >= settings.mostReports()) {
      throw ProblemException.of(
          ProblemCode.UNAVAILABLE,
          "The ledger holds as many reports as it may; REPORT_RETENTION says when the oldest are deleted.");
    }
  }

  private void takePlace() {
    if (!places.tryAcquire()) {
      metrics.refused();
      throw ProblemException.retryable(
          ProblemCode.OVERLOADED, "One report is made and eight wait.", RETRY_AFTER_SECONDS);
    }
  }
}
