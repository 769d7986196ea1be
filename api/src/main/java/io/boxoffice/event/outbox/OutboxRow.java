package io.boxoffice.event.outbox;

import io.boxoffice.event.model.Event;
import java.time.Instant;
import java.util.UUID;

/**
 * Holds an event that is not published.
 *
 * @param position the order of publication
 * @param traceparent the place in the trace of the change; null without a recorded trace
 * @param requestId the id of the request that made the change; null without one
 */
public record OutboxRow(
    long position,
    UUID id,
    String type,
    UUID subject,
    UUID key,
    Instant time,
    String data,
    String traceparent,
    String requestId) {

  /** Returns the event as it is published. */
  Event toEvent() {
    return new Event(id, Event.SHOP, type, subject, key, time, data, traceparent, requestId);
  }
}
