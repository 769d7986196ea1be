package io.boxoffice.cancellation;

import io.boxoffice.cancellation.CancellationDao.Pass;
import io.boxoffice.order.OrderCancellations;
import io.boxoffice.order.store.ConcertOrdersDao.Open;
import io.boxoffice.purchase.PurchaseCancellations;
import io.boxoffice.purchase.store.ConcertPurchasesDao.Returned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back what the orders and purchases of cancelled concerts have. Each batch is a transaction
 * that also notes where the next one begins, so another replica can continue at any time. The lock
 * of the row with that note lets one replica at a time work on a concert.
 */
final class CancellationSweeper {
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(CancellationSweeper.class);

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  /** The most batches that a run gives to one concert, so that the others get their turn. */
  private static final int MOST_BATCHES = 50;

  private final Jdbi jdbi;
  private final OrderCancellations orders;
  private final PurchaseCancellations purchases;
  private final int batch;

  /**
   * Sweeps the given database.
   *
   * @param batch the most orders or purchases of one transaction
   */
  CancellationSweeper(
      Jdbi jdbi, OrderCancellations orders, PurchaseCancellations purchases, int batch) {
    this.jdbi = jdbi;
    this.orders = orders;
    this.purchases = purchases;
    this.batch = batch;
  }

  /** What to do after the commit of a step. */
  private record Step(boolean moreAtOnce, Runnable announcement) {
    static final Step END = new Step(false, () -> {});
  }

  /** Works on all cancellations that are not complete. */
  void run() {
    List<RuntimeException> failures = new ArrayList<>();
    for (Pass pass : jdbi.withExtension(CancellationDao.class, CancellationDao::open)) {
      try {
        sweep(pass.concertId());
      } catch (RuntimeException failure) { // The other concerts must not wait for this one.
        failures.add(failure);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private void sweep(UUID concertId) {
    boolean more = true;
    for (int step = 0; more && step < MOST_BATCHES; step++) {
      more = step(concertId);
    }
  }

  /** Returns whether the next step follows at once. */
  private boolean step(UUID concertId) {
    Step step =
        jdbi.inTransaction(
            handle -> {
              Optional<Pass> pass = handle.attach(CancellationDao.class).claim(concertId);
              return pass.isEmpty() ? Step.END : step(handle, pass.get());
            });
    step.announcement().run();
    return step.moreAtOnce();
  }

  private Step step(Handle handle, Pass pass) {
    return pass.swept() ? finish(handle, pass) : sweep(handle, pass);
  }

  /** Orders first: their tickets are held or their money is due. */
  private Step sweep(Handle handle, Pass pass) {
    CancellationDao dao = handle.attach(CancellationDao.class);
    UUID concertId = pass.concertId();
    OrderCancellations.Batch back = orders.giveBack(handle, concertId, pass.afterOrder(), batch);
    if (back.last() != null) {
      dao.advance(concertId, back.last(), pass.afterPurchase(), false);
      return new Step(true, () -> orders.announce(back));
    }
    Returned returned = purchases.cancel(handle, concertId, pass.afterPurchase(), batch);
    if (returned.last() != null) {
      dao.advance(concertId, pass.afterOrder(), returned.last(), false);
      return new Step(true, () -> purchases.announce(concertId, returned));
    }
    dao.advance(concertId, pass.afterOrder(), pass.afterPurchase(), true);
    return new Step(true, () -> {});
  }

  /**
   * Waits for the partner, which is what is left after the pass. A payment that the partner was not
   * asked for may have returned an order to HELD, so the pass begins again if anything is left.
   */
  private Step finish(Handle handle, Pass pass) {
    CancellationDao dao = handle.attach(CancellationDao.class);
    UUID concertId = pass.concertId();
    Open open = orders.open(handle, concertId);
    if (open.held() == 0 && open.paying() + open.refunding() + open.unanswered() > 0) {
      return Step.END;
    }
    if (open.held() > 0
        || orders.hasConfirmed(handle, concertId)
        || purchases.hasConfirmed(handle, concertId)) {
      dao.advance(concertId, BEFORE_ALL, BEFORE_ALL, false);
      return new Step(true, () -> {});
    }
    dao.complete(concertId);
    return new Step(false, () -> LOG.info("The cancelled concert {} is given back", concertId));
  }

  /** Counts the orders and purchases that are not given back yet. */
  long countLeft() {
    return jdbi.withHandle(
        handle -> {
          List<Pass> open = handle.attach(CancellationDao.class).open();
          return open.stream()
              .mapToLong(
                  pass ->
                      orders.countLeft(handle, pass.concertId(), pass.afterOrder())
                          + purchases.countLeft(handle, pass.concertId(), pass.afterPurchase()))
              .sum();
        });
  }
}
