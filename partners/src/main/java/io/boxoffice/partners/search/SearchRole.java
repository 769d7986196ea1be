package io.boxoffice.partners.search;

import io.boxoffice.partners.Partner;
import io.boxoffice.partners.PartnersConfiguration;
import io.boxoffice.partners.Role;
import io.boxoffice.partners.journal.Journal;
import io.boxoffice.partners.journal.JournalPlace;
import io.boxoffice.platform.RepeatedTask;
import java.nio.file.Path;
import java.time.Duration;

/** Builds the search partner from its settings. */
public final class SearchRole implements Role {
  private static final Duration BETWEEN_DELETIONS = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "search";
  }

  @Override
  public void install(PartnersConfiguration configuration, Partner partner) {
    SearchSettings settings = configuration.search();
    SearchIndex index = new SearchIndex();
    ConcertBook book = new ConcertBook(index);
    Journal<ConcertChange> journal =
        new Journal<>(
            partner.clock(),
            new JournalPlace(name(), "SEARCH_DATA_DIR", Path.of(settings.directory())),
            partner.json(),
            ConcertChange.class,
            book::apply,
            book::latest,
            book);
    partner.keep(journal);
    SearchMetrics metrics = new SearchMetrics(partner.prometheus());
    SearchService search =
        new SearchService(settings, journal, book, partner.waits(), partner.executor(), metrics);
    partner.manage(
        new RepeatedTask(
            "search-retention",
            BETWEEN_DELETIONS,
            () -> {
              if (book.forgetDeletedBefore(
                  partner.clock().instant().minus(settings.retention().toJavaDuration()))) {
                var unused = journal.compact();
              }
            }));
    partner.gauge("search_changes_in_progress", "Changes without an answer.", search::inProgress);
    partner.gauge(
        "search_ledger_concerts", "Concerts in the ledger, deleted ones included.", book::size);
    partner.serve(new IndexedConcertResource(search, book));
    partner.serve(new SearchResource(index, metrics));
  }
}
