package io.boxoffice.event.inbox;

import io.boxoffice.event.model.Event;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes to the database what an event causes. Each event has its effect once. */
@FunctionalInterface
public interface Effect {

  /**
   * Writes the effect of some events.
   *
   * @param transaction commits after the return; after an exception it is rolled back, and the
   *     events are delivered again
   * @param events at least 1, each of them for the first time
   */
  void apply(Handle transaction, List<Event> events);
}
