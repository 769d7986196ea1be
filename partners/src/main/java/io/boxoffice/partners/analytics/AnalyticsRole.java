package io.boxoffice.partners.analytics;

import io.boxoffice.partners.Partner;
import io.boxoffice.partners.PartnersConfiguration;
import io.boxoffice.partners.Role;
import io.boxoffice.partners.journal.Journal;
import io.boxoffice.partners.journal.JournalPlace;
import io.boxoffice.platform.RepeatedTask;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Builds the analytics partner from its settings. */
public final class AnalyticsRole implements Role {
  private static final Duration BETWEEN_DELETIONS = Duration.ofMinutes(10);
  private static final int SPARE_LINES = 20_000;

  @Override
  public String name() {
    return "analytics";
  }

  @Override
  public void install(PartnersConfiguration configuration, Partner partner) {
    AnalyticsSettings settings = configuration.analytics();
    AnalyticsBook book = new AnalyticsBook(settings.rememberedIds(), SPARE_LINES);
    Journal<AnalyticsEntry> journal =
        new Journal<>(
            partner.clock(),
            new JournalPlace(name(), "ANALYTICS_DATA_DIR", Path.of(settings.directory())),
            partner.json(),
            AnalyticsEntry.class,
            book::apply,
            () -> Instant.MIN, // its entries have no time of their own
            book);
    partner.keep(journal);
    AnalyticsService analytics =
        new AnalyticsService(
            settings,
            journal,
            book,
            partner.clock(),
            partner.waits(),
            partner.executor(),
            new AnalyticsMetrics(partner.prometheus()));
    partner.manage(
        new RepeatedTask(
            "analytics-retention",
            BETWEEN_DELETIONS,
            () -> {
              // Only minutes that are over: a young event cannot begin one of them again.
              if (book.deleteBefore(analytics.oldest().minus(Duration.ofMinutes(1)))) {
                var unused = journal.compact();
              }
            }));
    partner.gauge(
        "analytics_requests_in_progress", "Requests without an answer.", analytics::inProgress);
    partner.gauge(
        "analytics_ledger_minutes", "Minutes with counts, over all concerts.", book::minutes);
    partner.serve(new EventResource(analytics));
    partner.serve(new FigureResource(book));
    partner.serve(new TotalResource(book));
  }
}
