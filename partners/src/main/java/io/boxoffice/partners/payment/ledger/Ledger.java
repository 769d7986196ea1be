package io.boxoffice.partners.payment.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.partners.journal.Compaction;
import io.boxoffice.partners.journal.Journal;
import io.boxoffice.partners.journal.JournalPlace;
import java.nio.file.Path;
import java.time.Clock;

/** The journal of charges, refunds and callbacks, with the {@link Book} that they lead to. */
public final class Ledger {
  private final Book book;
  private final Journal<LedgerEntry> journal;

  private Ledger(Book book, Journal<LedgerEntry> journal) {
    this.book = book;
    this.journal = journal;
  }

  /**
   * Reads the ledger of a folder into memory.
   *
   * @throws io.boxoffice.platform.StartupException when the folder cannot be used or the ledger is
   *     damaged
   */
  public static Ledger open(Clock clock, Path directory, ObjectMapper json) {
    Book book = new Book();
    return new Ledger(
        book,
        new Journal<>(
            clock,
            new JournalPlace("payment", "PAYMENT_DATA_DIR", directory),
            json,
            LedgerEntry.class,
            book::apply,
            book::latest,
            Compaction.never()));
  }

  /** What is on disk. */
  public Book book() {
    return book;
  }

  /** What writes to the disk; it writes only after its start. */
  public Journal<LedgerEntry> journal() {
    return journal;
  }
}
