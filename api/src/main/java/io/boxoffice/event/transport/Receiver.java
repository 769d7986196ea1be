package io.boxoffice.event.transport;

import io.boxoffice.event.model.Event;
import java.util.List;

/**
 * Receives events for a consumer. Each may be delivered more than once, so the effect needs the
 * {@code Inbox} or must be harmless when repeated.
 */
@FunctionalInterface
public interface Receiver {
  /**
   * How often a delivery is tried before it becomes a dead letter; the try in a batch counts too.
   */
  int MOST_DELIVERIES = 5;

  /**
   * Receives a batch. After a return, all deliveries are done. After an exception, each delivery is
   * tried again alone, with growing pauses, until {@link #MOST_DELIVERIES} have failed; then it
   * becomes a dead letter. Other deliveries go on meanwhile; where the order matters, those with
   * the same key wait.
   *
   * @param events at least 1, and at most the batch size of the subscription; where the order
   *     matters, those of one key are in their order
   * @throws Exception when not all are done
   */
  void receive(List<Event> events) throws Exception;

  /** Says that the subscription ends, so that a receiver that waits for something stops waiting. */
  default void end() {}
}
