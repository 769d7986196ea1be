package io.boxoffice.partners.report;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.util.concurrent.TimeUnit;

/** The figures of the report partner; docs/partners.md lists them. */
final class ReportMetrics {
  private static final String DONE = "done";
  private static final String FAILED = "failed";

  private final Counter reports;
  private final Counter replays;
  private final Counter refusals;
  private final Histogram work;

  /** Registers the counters. */
  ReportMetrics(CollectorRegistry prometheus) {
    this.reports =
        Counter.build("report_reports", "Reports whose end is on disk.")
            .labelNames("outcome")
            .register(prometheus);
    reports.labels(DONE);
    reports.labels(FAILED);
    this.replays =
        Counter.build("report_replays", "Requests that got a report which was accepted before.")
            .register(prometheus);
    this.refusals =
        Counter.build("report_refusals", "Requests that found the queue full.")
            .register(prometheus);
    this.work =
        Histogram.build("report_work_seconds", "How long the thread worked on a report.")
            .buckets(.01, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300)
            .register(prometheus);
  }

  void ended(Report.State state) {
    reports.labels(state == Report.State.DONE ? DONE : FAILED).inc();
  }

  void replayed() {
    replays.inc();
  }

  void refused() {
    refusals.inc();
  }

  void worked(long nanoseconds) {
    work.observe((double) nanoseconds / TimeUnit.SECONDS.toNanos(1));
  }
}
