package io.boxoffice.event.transport;

import java.util.List;
import java.util.UUID;

/**
 * Keeps the deliveries that failed for good, for operators. All methods throw TransportException
 * when the transport is away.
 */
public interface DeadLetters {

  /**
   * Reads dead letters in the order of their ids, which is the order of their time.
   *
   * @param after the last id of the page before; null for the first page
   * @param limit 1 or more
   */
  List<DeadLetter> list(UUID after, int limit) throws TransportException;

  /**
   * Delivers a dead letter again to its consumer, with {@link Receiver#MOST_DELIVERIES} new
   * deliveries, after those that wait. The event keeps its id. It is delivered at least once and
   * lost never, also if this call fails in the middle.
   *
   * @return false when there is none with this id
   */
  boolean replay(UUID id) throws TransportException;

  /**
   * Deletes a dead letter.
   *
   * @return false when there is none with this id
   */
  boolean drop(UUID id) throws TransportException;
}
