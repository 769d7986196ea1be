package io.boxoffice.testing;

import com.fasterxml.uuid.Generators;
import io.boxoffice.event.model.Event;
import java.time.Instant;
import java.util.UUID;

/** Writes dead letters into a database, as if a consumer had failed five times. */
public final class DeadLetterRows {
  private DeadLetterRows() {}

  /** Inserts a dead letter of the consumer {@code search}, and returns its id. */
  public static UUID insert(TestDatabase database, Event event) {
    UUID id = Generators.timeBasedEpochGenerator().generate();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO dead_letters VALUES (?, 'search', ?, 'no index', 5, now())",
                    id,
                    event.toJson()));
    return id;
  }

  /** Returns an event about a concert. */
  public static Event event() {
    return new Event(
        Generators.timeBasedEpochGenerator().generate(),
        Event.SHOP,
        "concert.changed",
        UUID.randomUUID(),
        UUID.randomUUID(),
        Instant.parse("2026-07-01T10:00:00Z"),
        "{\"title\":\"Autumn Tour\"}");
  }
}
