package io.boxoffice.partners.report;

import io.boxoffice.partners.journal.Journal;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes reports on one thread, one after the other. What a crash or a stop interrupts is made again
 * after the next start. One process has the ledger, so a report needs no lease: its line without an
 * end says that nothing works on it.
 */
final class ReportWorker implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(ReportWorker.class);

  /** So that a report that kills the process does not do so for ever. */
  private static final int MOST_BEGINNINGS = 3;

  private static final Duration DISK_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final ReportBook book;
  private final Journal<ReportEntry> journal;
  private final ShopTickets tickets;
  private final SigningKey key;
  private final Clock clock;
  private final long mostTickets;
  private final ReportMetrics metrics;
  private final Consumer<Report> ended;
  private final BlockingQueue<UUID> queue = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "report");
  private volatile boolean stopping;

  /**
   * Creates the worker.
   *
   * @param mostTickets of one report
   * @param ended gets each report after its end is on disk
   */
  ReportWorker(
      ReportBook book,
      Journal<ReportEntry> journal,
      ShopTickets tickets,
      SigningKey key,
      Clock clock,
      long mostTickets,
      ReportMetrics metrics,
      Consumer<Report> ended) {
    this.book = book;
    this.journal = journal;
    this.tickets = tickets;
    this.key = key;
    this.clock = clock;
    this.mostTickets = mostTickets;
    this.metrics = metrics;
    this.ended = ended;
    thread.setDaemon(true);
  }

  /** Makes a report soon. The caller limits how many wait. */
  void make(UUID reportId) {
    queue.add(reportId);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() throws InterruptedException {
    stopping = true;
    thread.interrupt();
    thread.join(STOP_LIMIT.toMillis());
  }

  private void run() {
    while (!stopping) {
      try {
        UUID reportId = queue.take();
        Report report = book.report(reportId).orElse(null);
        if (report != null && report.state() == Report.State.QUEUED) {
          make(report);
        }
      } catch (InterruptedException stop) {
        return;
      } catch (RuntimeException | ExecutionException | TimeoutException failure) {
        // Its end is not on disk, so it is made again after the next start.
        LOG.error("A report has no end", failure);
      }
    }
  }

  private void make(Report report)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (book.begun(report.id()) >= MOST_BEGINNINGS) {
      end(now -> report.failed("the partner was killed while it worked on this report", now));
      return;
    }
    onDisk(new ReportEntry.Begun(report.id()));
    long begin = System.nanoTime();
    String statement;
    try {
      StatementWriter writer = new StatementWriter(report, mostTickets);
      tickets.read(report.concertId(), writer::add);
      statement = key.sign(writer.end(clock.instant()));
    } catch (IOException | RuntimeException failure) {
      if (stopping) {
        return;
      }
      end(now -> report.failed(String.valueOf(failure.getMessage()), now));
      return;
    }
    metrics.worked(System.nanoTime() - begin);
    end(now -> report.done(statement, now));
  }

  private interface End {
    Report at(Instant now);
  }

  private void end(End end) throws InterruptedException, ExecutionException, TimeoutException {
    Report report =
        journal
            .append(now -> new ReportEntry.Stored(end.at(now)))
            .get(DISK_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
            .report();
    metrics.ended(report.state());
    ended.accept(report);
  }

  private void onDisk(ReportEntry entry)
      throws InterruptedException, ExecutionException, TimeoutException {
    journal.append(now -> entry).get(DISK_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
