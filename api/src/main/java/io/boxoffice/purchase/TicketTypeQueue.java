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
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private boolean beingSettled;
  private Stock soldOut;
  private long soldOutUntilNanos;

  TicketTypeQueue(UUID ticketTypeId) {
    this.ticketTypeId = ticketTypeId;
  }

  UUID ticketTypeId() {
    return ticketTypeId;
  }

  /**
   * Queues a request; tells whether nobody works on this queue, so that a settler must be called.
   */
  synchronized boolean add(Waiting request) {
    waiting.add(request);
    boolean settlerNeeded = !beingSettled;
    beingSettled = true;
    return settlerNeeded;
  }

  synchronized int length() {
    return waiting.size();
  }

  /** Moves those who have waited longest into a batch that has room for so many. */
  synchronized void take(int room, List<Waiting> batch) {
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
  synchronized List<Waiting> queuedBefore(long nanos) {
    List<Waiting> late = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.peek().arrivedNanos() - nanos < 0) {
      late.add(waiting.poll());
    }
    return late;
  }

  /** Whether nobody waits, nobody works here and nothing is remembered. */
  synchronized boolean isIdle(long nowNanos) {
    return waiting.isEmpty() && !beingSettled && soldOut(nowNanos).isEmpty();
  }

  /** Remembers that nothing is left, until the given time. */
  synchronized void rememberSoldOut(Stock stock, long untilNanos) {
    soldOut = stock;
    soldOutUntilNanos = untilNanos;
  }

  /** The stock that was sold out a moment ago. */
  synchronized Optional<Stock> soldOut(long nowNanos) {
    if (soldOut != null && nowNanos - soldOutUntilNanos >= 0) {
      soldOut = null;
    }
    return Optional.ofNullable(soldOut);
  }
}
