package io.boxoffice.event.inbox;

import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/** Deletes the notes of events that are not delivered again, so that the table does not grow. */
public final class OldNotes {
  private static final int BATCH = 10_000;

  private final Jdbi jdbi;
  private final Duration retention;

  /** Deletes the notes of the given database that are older than the retention. */
  public OldNotes(Jdbi jdbi, Duration retention) {
    this.jdbi = jdbi;
    this.retention = retention;
  }

  /** Deletes all of them, in transactions of 10,000. */
  public void delete() {
    jdbi.useExtension(
        InboxDao.class,
        dao -> {
          while (dao.deleteOld(retention, BATCH) == BATCH) {
            // More are left.
          }
        });
  }
}
