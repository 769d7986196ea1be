package io.boxoffice.partners.report;

import io.boxoffice.partners.Partner;
import io.boxoffice.partners.PartnersConfiguration;
import io.boxoffice.partners.Role;
import io.boxoffice.partners.journal.Journal;
import io.boxoffice.partners.journal.JournalPlace;
import io.boxoffice.platform.RepeatedTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Builds the report partner from its settings. */
public final class ReportRole implements Role {
  private static final Duration BETWEEN_DELETIONS = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "report";
  }

  @Override
  public void install(PartnersConfiguration configuration, Partner partner) {
    ReportSettings settings = configuration.report();
    Path directory = Path.of(settings.directory());
    ReportBook book = new ReportBook();
    Journal<ReportEntry> journal =
        new Journal<>(
            partner.clock(),
            new JournalPlace(name(), "REPORT_DATA_DIR", directory),
            partner.json(),
            ReportEntry.class,
            book::apply,
            book::latest,
            book);
    partner.keep(journal);
    SigningKey key = SigningKey.open(directory, partner.json());
    ReportMetrics metrics = new ReportMetrics(partner.prometheus());
    // The worker and the service call each other.
    AtomicReference<ReportService> service = new AtomicReference<>();
    ReportWorker worker =
        new ReportWorker(
            book,
            journal,
            new ShopTickets(settings.shop(), settings.shopToken(), partner.json()),
            key,
            partner.clock(),
            settings.mostTickets(),
            metrics,
            report -> service.get().ended(report));
    ReportService reports =
        new ReportService(
            settings,
            journal,
            book,
            partner.waits(),
            partner.ids(),
            partner.executor(),
            metrics,
            worker::make,
            new ConcurrentHashMap<>());
    service.set(reports);
    partner.manage(worker);
    reports.makeAgain();
    partner.manage(
        new RepeatedTask(
            "report-retention",
            BETWEEN_DELETIONS,
            () -> {
              if (book.deleteBefore(
                  partner.clock().instant().minus(settings.retention().toJavaDuration()))) {
                var unused = journal.compact();
              }
            }));
    partner.gauge(
        "report_queued_reports", "Reports that are made or wait for the thread.", reports::queued);
    partner.gauge("report_ledger_reports", "Reports in the ledger.", book::size);
    partner.serve(new ReportResource(reports, book));
    partner.serve(new KeyResource(key));
  }
}
