package io.boxoffice.testing;

import java.util.UUID;

/** Writes reports into the database, for tests that need one and no partner. */
public final class ReportRows {
  private ReportRows() {}

  /** Inserts a report that was made, and returns its id, which is also its Idempotency-Key. */
  public static UUID insert(TestDatabase database, String concertId) {
    UUID id = UUID.randomUUID();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO reports"
                        + " (id, concert_id, idempotency_key, state, statement, created_at, done_at,"
                        + " due_at)"
                        + " VALUES (?, ?, ?, 'DONE', 'a.b.c', now(), now(), now())",
                    id,
                    UUID.fromString(concertId),
                    id.toString()));
    return id;
  }
}
