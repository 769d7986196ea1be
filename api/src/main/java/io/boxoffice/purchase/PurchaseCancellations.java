package io.boxoffice.purchase;

import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.platform.metrics.PeriodicGauges;
import io.boxoffice.purchase.desk.SalesMetrics;
import io.boxoffice.purchase.store.ConcertPurchasesDao;
import io.boxoffice.purchase.store.ConcertPurchasesDao.Counts;
import io.boxoffice.purchase.store.ConcertPurchasesDao.Returned;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Cancels the purchases of a cancelled concert that no order paid for. Another feature says which
 * concert, and in which transaction.
 */
public final class PurchaseCancellations {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final SalesMetrics metrics;
  private final Consumer<UUID> stockChanged;
  private final Outbox outbox;

  /**
   * Announces what was cancelled.
   *
   * @param stockChanged receives the concert after its tickets were returned
   * @param outbox publishes each cancellation
   */
  public PurchaseCancellations(SalesMetrics metrics, Consumer<UUID> stockChanged, Outbox outbox) {
    this.metrics = metrics;
    this.stockChanged = stockChanged;
    this.outbox = outbox;
  }

  /**
   * Cancels the next purchases of a concert, in the order of their ids. Call {@link #announce}
   * after the commit.
   *
   * @param after where the batch before ended
   */
  public Returned cancel(Handle transaction, UUID concertId, UUID after, int limit) {
    ConcertPurchasesDao dao = transaction.attach(ConcertPurchasesDao.class);
    dao.lockStocks(concertId);
    return dao.cancelNext(concertId, after, limit, outbox.ids(limit));
  }

  /** Announces a batch after its commit. */
  public void announce(UUID concertId, Returned batch) {
    metrics.returned(batch.tickets());
    stockChanged.accept(concertId);
    outbox.added();
  }

  /** Whether a purchase of a concert is confirmed. This may read all purchases of the concert. */
  public boolean hasConfirmed(Handle handle, UUID concertId) {
    return handle.attach(ConcertPurchasesDao.class).countConfirmed(concertId, BEFORE_ALL, 1) > 0;
  }

  /**
   * Counts the purchases of a concert that are left to cancel.
   *
   * @param after where the last batch ended
   */
  public long countLeft(Handle handle, UUID concertId, UUID after) {
    return handle
        .attach(ConcertPurchasesDao.class)
        .countConfirmed(concertId, after, PeriodicGauges.MOST_ROWS);
  }

  /** Counts the purchases of a concert, and those that were cancelled since the given time. */
  public Counts counts(Handle handle, UUID concertId, Instant since) {
    return handle.attach(ConcertPurchasesDao.class).counts(concertId, since);
  }
}
