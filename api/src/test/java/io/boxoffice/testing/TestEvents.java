package io.boxoffice.testing;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.event.model.Event;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Makes events for tests of transports. */
public final class TestEvents {
  private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

  private TestEvents() {}

  /** Events with the numbers 0 to {@code count} - 1; those of one key have every keys-th number. */
  public static List<Event> of(String type, int count, int keys) {
    List<UUID> all = IntStream.range(0, keys).mapToObj(i -> IDS.generate()).toList();
    return IntStream.range(0, count)
        .mapToObj(i -> one(type, all.get(i % keys), "{\"number\":" + i + "}"))
        .toList();
  }

  /** An event about a subject of its own. */
  public static Event one(String type, UUID key, String data) {
    return new Event(
        IDS.generate(),
        Event.SHOP,
        type,
        UUID.randomUUID(),
        key,
        Instant.now().truncatedTo(ChronoUnit.MICROS),
        data);
  }
}
