package io.boxoffice.report;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import io.boxoffice.partner.PartnerException;
import io.boxoffice.report.ReportDao.Job;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes reports by asking the partner. The replica that asks has the lease of the report, so the
 * replicas do not ask twice; the lease of a crashed one ends, and the sweep of any replica takes
 * the report.
 */
final class ReportMaker {
  private static final Logger LOG = LoggerFactory.getLogger(ReportMaker.class);

  /** Longer than the longest time limit of a call, 60 seconds. */
  static final Duration LEASE = Duration.ofSeconds(90);

  /** Between two looks for reports that are due. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  /** The most reports that a look takes; the partner makes one at a time and queues eight. */
  private static final int MOST_TAKEN = 10;

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Jdbi jdbi;
  private final ReportPartner partner;
  private final boolean persistent;
  private final Consumer<Report> ended;
  private final Executor answers;
  private final Meter done;
  private final Meter failed;

  /**
   * Makes the reports of the given database.
   *
   * @param persistent whether a report whose partner is away is tried again; otherwise it fails
   * @param ended receives each report that is done or failed
   * @param answers runs what follows an answer and uses the database
   */
  ReportMaker(
      Jdbi jdbi,
      ReportPartner partner,
      boolean persistent,
      Consumer<Report> ended,
      Executor answers,
      MetricRegistry metrics) {
    this.jdbi = jdbi;
    this.partner = partner;
    this.persistent = persistent;
    this.ended = ended;
    this.answers = answers;
    this.done = metrics.meter("reports.ended.done");
    this.failed = metrics.meter("reports.ended.failed");
  }

  /**
   * Asks the partner for a report, unless it has ended or is being asked for.
   *
   * @return ends when the answer is noted
   */
  CompletionStage<Void> make(UUID reportId) {
    Optional<Job> job = jdbi.withExtension(ReportDao.class, dao -> dao.take(reportId, LEASE));
    return job.map(this::ask).orElseGet(() -> CompletableFuture.completedStage(null));
  }

  /** Asks the partner for reports that are due: accepted ones, and those of a crashed replica. */
  void sweep() {
    jdbi.withExtension(ReportDao.class, dao -> dao.takeDue(MOST_TAKEN, LEASE))
        .forEach(
            job -> {
              var unused = ask(job);
            });
  }

  private CompletionStage<Void> ask(Job job) {
    return partner
        .ask(job.id(), job.concertId())
        .<Void>handleAsync(
            (statement, failure) -> {
              Optional<Report> report =
                  failure == null ? answered(job, statement) : failed(job, failure);
              report.ifPresent(ended);
              return null;
            },
            answers)
        .whenComplete(
            (noted, failure) -> {
              if (failure != null) {
                LOG.warn("The answer for the report {} was not noted: {}", job.id(), failure);
              }
            });
  }

  private Optional<Report> answered(Job job, Optional<String> statement) {
    return jdbi.withExtension(
        ReportDao.class,
        dao -> {
          if (statement.isEmpty()) {
            dao.accepted(job.id(), PAUSE);
            return Optional.empty();
          }
          done.mark();
          return dao.done(job.id(), statement.get());
        });
  }

  private Optional<Report> failed(Job job, Throwable thrown) {
    ReportFailure reason = reason(thrown);
    return jdbi.withExtension(
        ReportDao.class,
        dao -> {
          if (persistent && reason != ReportFailure.PARTNER_REFUSED) {
            dao.postpone(job.id(), reason.code(), pause(job.attempts()));
            return Optional.empty();
          }
          failed.mark();
          LOG.warn("The report {} failed: {}", job.id(), reason.code());
          return dao.failed(job.id(), reason.code());
        });
  }

  private static ReportFailure reason(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof ReportPartner.NotReportException) {
      return ReportFailure.ANSWER_NOT_VALID;
    }
    return cause instanceof PartnerException refused
            && refused.outcome() == PartnerException.Outcome.REFUSED
        ? ReportFailure.PARTNER_REFUSED
        : ReportFailure.PARTNER_UNAVAILABLE;
  }

  /** Doubles from one second to one minute. */
  private static Duration pause(int attempts) {
    Duration pause = Duration.ofSeconds(1L << Math.min(attempts - 1, 6));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
