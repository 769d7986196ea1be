package io.boxoffice.testing;

import java.util.UUID;

/** Writes reports into the database, for tests that need one and no partner. */
public final class ReportRows {
  private ReportRows() {}

  /** Inserts a report that failed, and returns its id. */
  public static UUID insert(TestDatabase database, String concertId) {
    UUID id = UUID.randomUUID();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO reports"
                        + " (id, concert_id, state, failure, created_at, done_at, due_at)"
                        + " VALUES (?, ?, 'FAILED', 'partner-refused', now(), now(), now())",
                    id,
                    UUID.fromString(concertId)));
    return id;
  }
}
