package io.boxoffice.event.inbox;

import io.boxoffice.event.model.Event;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Recognises events that were delivered before, in the transaction of their effect. */
public final class Inbox {

  /**
   * Notes events for a consumer. Call it before the effect, in the same transaction; if that is
   * rolled back, the events count as not delivered.
   *
   * @return the events whose effect is not committed yet, in their order and each once
   */
  public List<Event> accept(Handle transaction, String consumer, List<Event> events) {
    Set<UUID> fresh =
        new HashSet<>(
            transaction
                .attach(InboxDao.class)
                .note(consumer, events.stream().map(Event::id).distinct().toArray(UUID[]::new)));
    return events.stream().filter(event -> fresh.remove(event.id())).toList();
  }
}
