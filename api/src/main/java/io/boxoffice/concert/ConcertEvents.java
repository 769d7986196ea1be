package io.boxoffice.concert;

import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.outbox.Outbox;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Publishes changes of concerts, with what a catalogue or a search shows. */
final class ConcertEvents {
  private final Outbox outbox;
  private final Clock clock;

  ConcertEvents(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /** What an operator did to a concert. */
  enum Change {
    CREATED,
    UPDATED,
    DELETED,
    CANCELLED
  }

  /**
   * Publishes a change in its transaction, which has locked the concert or created it.
   *
   * @param version of the concert after the change
   */
  Event publish(Handle transaction, ConcertRow concert, Change change, long version) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("version", version);
    data.put("change", change.name().toLowerCase(Locale.ROOT));
    data.put("title", concert.title());
    data.put("artist", concert.artist());
    data.put("venue", concert.venue());
    data.put("startsAt", concert.startsAt());
    data.put("salesOpenAt", concert.salesOpenAt());
    data.put("salesCloseAt", concert.salesCloseAt());
    return outbox.add(
        transaction,
        EventType.CONCERT_CHANGED,
        concert.id(),
        concert.id(),
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        data);
  }
}
