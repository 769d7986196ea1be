package io.boxoffice.purchase;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.purchase.desk.SalesMetrics;
import io.boxoffice.purchase.store.StockDao;
import io.boxoffice.purchase.store.StockDao.PaidPurchase;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Changes stock and purchases in the transactions of orders, so that an order, its tickets and the
 * stock always agree. A caller locks the stock before the order, as a sale locks it first; one
 * order of locks prevents deadlocks.
 */
public final class OrderStock {
  private final Clock clock;
  private final NoArgGenerator ids;
  private final SalesMetrics metrics;
  private final Consumer<UUID> stockChanged;

  /**
   * Announces changes to the given metrics and readers.
   *
   * @param ids makes ids of tickets, which must be impossible to guess
   * @param stockChanged receives each concert after its stock changed; it must return at once
   */
  public OrderStock(
      Clock clock, NoArgGenerator ids, SalesMetrics metrics, Consumer<UUID> stockChanged) {
    this.clock = clock;
    this.ids = ids;
    this.metrics = metrics;
    this.stockChanged = stockChanged;
  }

  /**
   * Locks the stock of a ticket type until the transaction ends.
   *
   * @return how many tickets are available; 0 when there is no such type
   */
  public int lock(Handle transaction, UUID concertId, UUID ticketTypeId) {
    return transaction.attach(StockDao.class).lock(concertId, ticketTypeId).orElse(0);
  }

  /** Locks the stocks of several ticket types until the transaction ends. */
  public void lockAll(
      Handle transaction, Collection<UUID> concertIds, Collection<UUID> ticketTypeIds) {
    transaction
        .attach(StockDao.class)
        .lockAll(concertIds.toArray(UUID[]::new), ticketTypeIds.toArray(UUID[]::new));
  }

  /** Puts tickets back on sale; the stock must be locked. */
  public void putBack(Handle transaction, UUID concertId, UUID ticketTypeId, int quantity) {
    transaction.attach(StockDao.class).putBack(concertId, ticketTypeId, quantity);
  }

  /**
   * Takes tickets that were put back; the stock must be locked.
   *
   * @throws IllegalStateException when too few are left
   */
  public void take(Handle transaction, UUID concertId, UUID ticketTypeId, int quantity) {
    if (transaction.attach(StockDao.class).take(concertId, ticketTypeId, quantity) != 1) {
      throw new IllegalStateException("The stock that was locked has too few tickets");
    }
  }

  /**
   * Gives the held tickets of an order to its buyer: writes a paid purchase with tickets. The stock
   * does not change.
   *
   * @param orderId also the id of the purchase
   * @param accountId null if the order's id alone gives access
   * @return whether it did; nothing is sold of a cancelled concert
   */
  public boolean sell(
      Handle transaction,
      UUID concertId,
      UUID orderId,
      UUID ticketTypeId,
      String email,
      int quantity,
      UUID accountId) {
    StockDao dao = transaction.attach(StockDao.class);
    PaidPurchase purchase =
        new PaidPurchase(concertId, orderId, ticketTypeId, email, quantity, accountId, now());
    if (dao.insert(purchase) == 0) {
      return false;
    }
    dao.insertTickets(
        Stream.generate(ids::generate).limit(quantity).toArray(UUID[]::new), orderId, concertId);
    return true;
  }

  /**
   * Cancels the purchase of an order and puts its tickets back on sale; the stock must be locked.
   *
   * @throws IllegalStateException when the order has no confirmed purchase
   */
  public void cancel(
      Handle transaction, UUID concertId, UUID orderId, UUID ticketTypeId, int quantity) {
    if (transaction.attach(StockDao.class).cancel(concertId, orderId, now()) != 1) {
      throw new IllegalStateException("The order has no confirmed purchase");
    }
    putBack(transaction, concertId, ticketTypeId, quantity);
  }

  /** Counts the tickets of an order that got a purchase. Call it after the commit. */
  public void sold(int tickets) {
    metrics.sold(tickets);
  }

  /**
   * Announces a change of the stock. Call it after the commit.
   *
   * @param returned how many tickets are on sale again; 0 or more
   */
  public void committed(UUID concertId, int returned) {
    metrics.returned(returned);
    stockChanged.accept(concertId);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
