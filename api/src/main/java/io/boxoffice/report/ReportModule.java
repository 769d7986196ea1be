package io.boxoffice.report;

import com.fasterxml.uuid.Generators;
import io.boxoffice.concert.known.KnownConcerts;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.partner.Communication;
import io.boxoffice.partner.FollowUp;
import io.boxoffice.partner.FollowUps;
import io.boxoffice.partner.Partner;
import io.boxoffice.partner.PartnerModule;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.metrics.PeriodicGauges;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Jdbi;

/** Builds the parts of this feature: reports, and the jobs that make them. */
public final class ReportModule {
  /** How long a report is kept. */
  private static final Duration RETENTION = Duration.ofDays(90);

  private static final Duration BETWEEN_DELETIONS = Duration.ofHours(1);
  private static final int DELETED_TOGETHER = 1_000;

  private static final int MOST_WAITERS = 1_000;

  /** Each uses one connection of the pool while it notes an answer. */
  private static final int ANSWER_THREADS = 2;

  /** How long the partner may wait with an answer, if the time limit of a call allows it. */
  private static final long LONGEST_WAIT_SECONDS = 5;

  /** Longer than the longest time limit of a call, 60 seconds. */
  private static final Duration CALL_LIMIT = Duration.ofSeconds(70);

  private static final int EVENTS_TOGETHER = 10;

  private ReportModule() {}

  /**
   * Registers the resource, the metrics, and what makes reports.
   *
   * @param outbox publishes each request for a report
   * @param partners has the client of the report partner, and says who calls it
   * @param timeLimit of a call to a partner
   * @param concerts for which concerts a report may be requested
   */
  public static void install(
      Foundation foundation,
      Outbox outbox,
      PartnerModule partners,
      Duration timeLimit,
      KnownConcerts concerts) {
    Jdbi jdbi = foundation.jdbi();
    LifecycleEnvironment lifecycle = foundation.environment().lifecycle();
    FollowUps followUps = partners.followUps();
    ReportWaiters waiters =
        new ReportWaiters(
            MOST_WAITERS, ids -> jdbi.withExtension(ReportDao.class, dao -> dao.ended(ids)));
    lifecycle.addEventListener(waiters);
    repeat(lifecycle, "report-waits", ReportWaiters.POLL, waiters::poll);
    long wait = Math.min(LONGEST_WAIT_SECONDS, timeLimit.toSeconds() / 2);
    Optional<ReportMaker> maker =
        partners
            .client(Partner.REPORT)
            .map(
                client ->
                    new ReportMaker(
                        jdbi,
                        new ReportPartner(client, wait),
                        followUps.way() == Communication.EVENTS,
                        waiters::ended,
                        answerThreads(lifecycle),
                        foundation.environment().metrics()));
    maker.ifPresent(
        there -> {
          repeat(lifecycle, "reports", ReportMaker.PAUSE, there::sweep);
          if (followUps.way() == Communication.EVENTS) {
            followUps.add(consumer(there));
          }
        });
    foundation
        .environment()
        .jersey()
        .register(
            new ReportResource(
                new ReportService(
                    jdbi,
                    foundation.reads(),
                    outbox,
                    Generators.timeBasedEpochGenerator(foundation.random()),
                    concerts::contains,
                    followUps.way(),
                    maker,
                    waiters)));
    watch(foundation.gauges(), jdbi);
    repeat(lifecycle, "report-deletion", BETWEEN_DELETIONS, () -> deleteOld(jdbi));
  }

  /**
   * A request makes its own report in the other ways, because it needs to know what became of it.
   */
  private static FollowUp consumer(ReportMaker maker) {
    return new FollowUp(
        "report",
        Set.of(EventType.REPORT_REQUESTED),
        true,
        CALL_LIMIT,
        EVENTS_TOGETHER,
        1,
        FollowUp.Call.each(event -> maker.make(event.subject())));
  }

  private static Executor answerThreads(LifecycleEnvironment lifecycle) {
    return lifecycle
        .executorService("report-answers-%d")
        .minThreads(ANSWER_THREADS)
        .maxThreads(ANSWER_THREADS)
        .workQueue(new ArrayBlockingQueue<>(MOST_WAITERS))
        .build();
  }

  private static void watch(PeriodicGauges gauges, Jdbi jdbi) {
    gauges.add(
        "reports.queued",
        () ->
            jdbi.withExtension(ReportDao.class, dao -> dao.countQueued(PeriodicGauges.MOST_ROWS)));
    gauges.add(
        "reports.oldest", () -> jdbi.withExtension(ReportDao.class, ReportDao::oldestQueued));
  }

  private static void deleteOld(Jdbi jdbi) {
    jdbi.useExtension(
        ReportDao.class,
        dao -> {
          while (dao.deleteOld(RETENTION, DELETED_TOGETHER) == DELETED_TOGETHER) {
            // More are left.
          }
        });
  }

  private static void repeat(
      LifecycleEnvironment lifecycle, String name, Duration pause, Runnable task) {
    lifecycle.manage(new RepeatedTask(name, pause, task));
  }
}
