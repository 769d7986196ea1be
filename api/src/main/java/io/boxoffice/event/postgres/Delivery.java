package io.boxoffice.event.postgres;

import io.boxoffice.event.model.Event;
import java.util.UUID;

/**
 * Holds an event that waits for a consumer.
 *
 * @param position the order of publication
 * @param key the partition key
 * @param event in the structured mode of CloudEvents
 * @param attempts how often it failed
 */
public record Delivery(long position, UUID key, String event, int attempts) {

  /** Reads the event. */
  Event toEvent() {
    return Event.fromJson(event);
  }
}
