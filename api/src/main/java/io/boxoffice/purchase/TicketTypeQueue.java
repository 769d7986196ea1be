package io.boxoffice.purchase;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The requests that wait for one ticket type. At most one settler works on it at a time, so what
 * gathers meanwhile is the next batch.
 */
final class TicketTypeQueue {
  private final UUID ticketTypeId;
  private final ArrayDeque<QueuedRequest> waiting = new ArrayDeque<>();
  private boolean beingSettled;
  private Stock remembered;
  private long rememberedUntilNanos;

  TicketTypeQueue(UUID ticketTypeId) {
    this.ticketTypeId = ticketTypeId;
  }

  UUID ticketTypeId() {
    return ticketTypeId;
  }

  /**
   * Queues a request; tells whether nobody works on this queue, so that a settler must be called.
   */
  synchronized boolean add(QueuedRequest request) {
    waiting.add(request);
    boolean settlerNeeded = !beingSettled;
    beingSettled = true;
    return settlerNeeded;
  }

  synchronized int length() {
    return waiting.size();
  }

  /** Moves those who have waited longest into a batch that has room for so many. */
  synchronized void take(int room, List<QueuedRequest> batch) {
    for (int taken = 0; taken < room && !waiting.isEmpty(); taken++) {
      batch.add(waiting.poll());
    }
  }

  /** Ends a settler's work here; tells whether somebody waits, so that one must be called again. */
  synchronized boolean settled() {
    beingSettled = !waiting.isEmpty();
    return beingSettled;
  }

  /** Takes out what was queued before the given time. */
  synchronized List<QueuedRequest> queuedBefore(long nanos) {
    List<QueuedRequest> late = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.peek().arrivedNanos() - nanos < 0) {
      late.add(waiting.poll());
    }
    return late;
  }

  /** Whether nobody waits, nobody works here and nothing is remembered. */
  synchronized boolean isIdle(long nowNanos) {
    return waiting.isEmpty() && !beingSettled && remembered(nowNanos).isEmpty();
  }

  /** Remembers what a batch left, until the given time. */
  synchronized void remember(Stock left, long untilNanos) {
    remembered = left;
    rememberedUntilNanos = untilNanos;
  }

  /** The stock as the last batch left it, if that was a moment ago. */
  synchronized Optional<Stock> remembered(long nowNanos) {
    if (remembered != null && nowNanos - rememberedUntilNanos >= 0) {
      remembered = null;
    }
    return Optional.ofNullable(remembered);
  }
}
