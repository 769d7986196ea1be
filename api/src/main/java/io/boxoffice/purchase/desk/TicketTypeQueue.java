package io.boxoffice.purchase.desk;

import io.boxoffice.purchase.allocation.Stock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Holds the queued requests for one ticket type, so that at most one batch of this replica at a
 * time locks its stock row. Requests that arrive while a batch runs form the next batch.
 */
final class TicketTypeQueue {
  private final UUID ticketTypeId;
  private final ArrayDeque<QueuedRequest> requests = new ArrayDeque<>();

  /** Whether the desk knows that this queue holds requests, or a batch serves it. */
  private boolean scheduled;

  private Stock remembered;
  private long rememberedUntilNanos;

  TicketTypeQueue(UUID ticketTypeId) {
    this.ticketTypeId = ticketTypeId;
  }

  UUID ticketTypeId() {
    return ticketTypeId;
  }

  /**
   * Queues a request.
   *
   * @return true when no batch serves this queue, so that the caller must have one started
   */
  synchronized boolean add(QueuedRequest request) {
    requests.add(request);
    boolean batchNeeded = !scheduled;
    scheduled = true;
    return batchNeeded;
  }

  synchronized int length() {
    return requests.size();
  }

  /** Moves the oldest requests into a batch, at most {@code room} of them. */
  synchronized void take(int room, List<QueuedRequest> batch) {
    for (int taken = 0; taken < room && !requests.isEmpty(); taken++) {
      batch.add(requests.poll());
    }
  }

  /**
   * Ends the work of a batch on this queue.
   *
   * @return true when requests are still queued, so that the caller must have a batch started
   */
  synchronized boolean endBatch() {
    scheduled = !requests.isEmpty();
    return scheduled;
  }

  /** Removes and returns the requests that were queued before the given time. */
  synchronized List<QueuedRequest> queuedBefore(long nanos) {
    List<QueuedRequest> late = new ArrayList<>();
    while (!requests.isEmpty() && requests.peek().arrivedNanos() - nanos < 0) {
      late.add(requests.poll());
    }
    return late;
  }

  /** Whether no request is queued, no batch serves this queue and no stock is remembered. */
  synchronized boolean isIdle(long nowNanos) {
    return requests.isEmpty() && !scheduled && remembered(nowNanos).isEmpty();
  }

  /** Remembers the stock that a batch left, until the given time. */
  synchronized void remember(Stock left, long untilNanos) {
    remembered = left;
    rememberedUntilNanos = untilNanos;
  }

  /** Returns the stock as the last batch left it, or empty when it is no longer remembered. */
  synchronized Optional<Stock> remembered(long nowNanos) {
    if (remembered != null && nowNanos - rememberedUntilNanos >= 0) {
      remembered = null;
    }
    return Optional.ofNullable(remembered);
  }
}
