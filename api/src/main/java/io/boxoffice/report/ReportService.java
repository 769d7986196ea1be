package io.boxoffice.report;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.partner.Communication;
import io.boxoffice.platform.database.read.ReadResult;
import io.boxoffice.platform.database.read.Reads;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.Page;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;

/** Takes requests for reports, and reads reports. */
final class ReportService {
  /** How long a report waits for the consumer of its event before the sweep takes it. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int RETRY_AFTER_SECONDS = 5;

  private final Jdbi jdbi;
  private final Reads reads;
  private final Outbox outbox;
  private final NoArgGenerator ids;
  private final Predicate<UUID> concerts;
  private final Communication way;
  private final Optional<ReportMaker> maker;
  private final ReportWaiters waiters;

  /** Holds a report, and whether an earlier request with the same key had asked for it. */
  record Requested(Report report, boolean replayed) {}

  /**
   * Serves the reports of the given database.
   *
   * @param reads for the list
   * @param ids increase with time (UUID version 7)
   * @param concerts whether there is a concert with this id
   * @param way what asks the partner: this service, or a consumer of its events
   * @param maker empty if no partner is set
   */
  ReportService(
      Jdbi jdbi,
      Reads reads,
      Outbox outbox,
      NoArgGenerator ids,
      Predicate<UUID> concerts,
      Communication way,
      Optional<ReportMaker> maker,
      ReportWaiters waiters) {
    this.jdbi = jdbi;
    this.reads = reads;
    this.outbox = outbox;
    this.ids = ids;
    this.concerts = concerts;
    this.way = way;
    this.maker = maker;
    this.waiters = waiters;
  }

  /**
   * Requests a report. When consumers make it, the answer is there at once. Blocking, this thread
   * waits for the end; nonblocking, the answer does.
   *
   * @param key null for none
   * @param limit how long to wait for the end
   * @return the report at its end or after the limit
   * @throws ProblemException 503 without a partner and when too many requests wait; 422 for an
   *     unknown concert and for a key of a report of another concert
   */
  CompletionStage<Requested> request(UUID concertId, String key, Duration limit) {
    waiters.requireRoom();
    Optional<Requested> earlier =
        Optional.ofNullable(key)
            .flatMap(given -> jdbi.withExtension(ReportDao.class, dao -> dao.findByKey(given)))
            .map(report -> replayed(report, concertId));
    if (earlier.isPresent()) {
      return answer(earlier.get(), limit);
    }
    if (maker.isEmpty()) {
      throw noPartner();
    }
    if (!concerts.test(concertId)) {
      throw ProblemException.invalid("concertId", "must be a concert");
    }
    return answer(insert(concertId, key), limit);
  }

  private CompletionStage<Requested> answer(Requested requested, Duration limit) {
    if (way == Communication.EVENTS) {
      return CompletableFuture.completedStage(requested);
    }
    CompletableFuture<Report> end = waiters.await(requested.report(), limit);
    if (!requested.replayed()) {
      maker.ifPresent(
          there -> {
            var unused = there.make(requested.report().id());
          });
    }
    if (way == Communication.BLOCKING) {
      // Ends after the limit.
      end.join();
    }
    return end.thenApply(report -> new Requested(report, requested.replayed()));
  }

  private static ProblemException noPartner() {
    return ProblemException.retryable(
        ProblemCode.REPORT_UNAVAILABLE,
        "The shop has no report partner; set REPORT_URL.",
        RETRY_AFTER_SECONDS);
  }

  private Requested insert(UUID concertId, String key) {
    return jdbi.inTransaction(
        handle -> {
          ReportDao dao = handle.attach(ReportDao.class);
          Optional<Report> inserted = dao.insert(ids.generate(), concertId, key, PATIENCE);
          if (inserted.isEmpty()) {
            return replayed(dao.findByKey(key).orElseThrow(), concertId);
          }
          Report report = inserted.get();
          outbox.add(
              handle,
              EventType.REPORT_REQUESTED,
              report.id(),
              concertId,
              report.createdAt(),
              Map.of());
          return new Requested(report, false);
        });
  }

  private static Requested replayed(Report report, UUID concertId) {
    if (!report.concertId().equals(concertId)) {
      throw ProblemException.of(
          ProblemCode.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key was used for a request with another body.");
    }
    return new Requested(report, true);
  }

  /**
   * Reads a report.
   *
   * @param limit how long to wait for its end, if it is QUEUED
   * @throws ProblemException 404 when there is none with this id; 503 when too many requests wait
   */
  CompletionStage<Report> get(UUID id, Duration limit) {
    if (!limit.isZero()) {
      waiters.requireRoom();
    }
    Report report =
        jdbi.withExtension(ReportDao.class, dao -> dao.find(id))
            .orElseThrow(
                () ->
                    ProblemException.of(ProblemCode.NOT_FOUND, "There is no report with this id."));
    return waiters.await(report, limit);
  }

  /** Reads a page of reports, oldest first. */
  ReadResult<Page<Report>> list(UUID after, int limit) {
    return reads
        .read(ReportDao.class, dao -> dao.list(after, limit + 1))
        .map(found -> Page.cut(found, limit, Report::id));
  }
}
