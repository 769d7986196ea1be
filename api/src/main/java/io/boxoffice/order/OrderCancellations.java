package io.boxoffice.order;

import io.boxoffice.order.state.OrderEvent;
import io.boxoffice.order.store.ConcertOrdersDao;
import io.boxoffice.order.store.ConcertOrdersDao.Open;
import io.boxoffice.order.store.ConcertOrdersDao.Unreturned;
import io.boxoffice.order.store.Happening;
import io.boxoffice.order.store.OrderTotal;
import io.boxoffice.order.store.OrderTransactions.Result;
import io.boxoffice.platform.metrics.PeriodicGauges;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Gives back what the orders of a cancelled concert have: tickets at once, and money by the
 * reconciler. Another feature says which concert, and in which transaction.
 */
public final class OrderCancellations {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final OrderEvents events;

  OrderCancellations(OrderEvents events) {
    this.events = events;
  }

  /**
   * Holds a batch of orders that were given back.
   *
   * @param last the order to continue after; null when there was none
   */
  public record Batch(List<Result> results, UUID last) {}

  /**
   * Gives back the next orders of a concert, in the order of their ids: HELD ones are CANCELLED,
   * and CONFIRMED ones are REFUNDING. Call {@link #announce} after the commit.
   *
   * @param after where the batch before ended
   */
  public Batch giveBack(Handle transaction, UUID concertId, UUID after, int limit) {
    List<Unreturned> found =
        transaction.attach(ConcertOrdersDao.class).unreturned(concertId, after, limit);
    return found.isEmpty()
        ? new Batch(List.of(), null)
        : new Batch(
            events.applyAll(
                transaction,
                concertId,
                found.stream().map(Unreturned::id).toList(),
                found.stream().map(Unreturned::ticketTypeId).toList(),
                Happening.of(OrderEvent.CONCERT_CANCELLED)),
            found.get(found.size() - 1).id());
  }

  /** Announces a batch after its commit. */
  public void announce(Batch batch) {
    batch.results().forEach(events::announce);
  }

  /** Counts the orders of a concert that wait for the buyer or the partner. */
  public Open open(Handle handle, UUID concertId) {
    return handle.attach(ConcertOrdersDao.class).open(concertId);
  }

  /** Whether an order of a concert is CONFIRMED. This may read all orders of the concert. */
  public boolean hasConfirmed(Handle handle, UUID concertId) {
    return handle.attach(ConcertOrdersDao.class).countConfirmed(concertId, BEFORE_ALL, 1) > 0;
  }

  /**
   * Counts what is left to do for a concert.
   *
   * @param after where the last batch ended
   */
  public long countLeft(Handle handle, UUID concertId, UUID after) {
    ConcertOrdersDao dao = handle.attach(ConcertOrdersDao.class);
    Open open = dao.open(concertId);
    // The answer for a PAYING order is missing too.
    return open.held()
        + open.refunding()
        + Math.max(open.paying(), open.unanswered())
        + dao.countConfirmed(concertId, after, PeriodicGauges.MOST_ROWS);
  }

  /** Counts the orders of a concert that have tickets or changed since the given time. */
  public List<OrderTotal> totals(Handle handle, UUID concertId, Instant since) {
    return handle.attach(ConcertOrdersDao.class).totals(concertId, since);
  }
}
