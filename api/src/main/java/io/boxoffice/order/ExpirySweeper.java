package io.boxoffice.order;

import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.order.state.OrderState;
import io.boxoffice.order.store.ExpiryDao;
import io.boxoffice.order.store.ExpiryDao.Due;
import io.boxoffice.order.store.ExpiryDao.Expired;
import io.boxoffice.purchase.OrderStock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Expires orders whose time is over, so that their tickets sell again. One replica at a time does
 * it, in batches that hold the locks of the stock for milliseconds only.
 */
final class ExpirySweeper {
  /** A buyer may wait for these tickets, so the pause is short. */
  static final Duration PAUSE = Duration.ofMillis(250);

  /** Names the work among the advisory locks of the database. */
  private static final long LOCK = 0x626f_0001L;

  private static final int BATCH = 500;

  /** The most batches of one run, so that a run ends. */
  private static final int MOST_BATCHES = 40;

  private final Jdbi jdbi;
  private final OrderStock stock;
  private final Outbox outbox;
  private final OrderMetrics metrics;
  private final Duration paymentLimit;
  private final Runnable expired;

  /**
   * Sweeps the given database.
   *
   * @param outbox publishes each expiry
   * @param paymentLimit how long after its expiry a PAYING order waits for the partner
   * @param expired runs after a batch that expired an order
   */
  ExpirySweeper(
      Jdbi jdbi,
      OrderStock stock,
      Outbox outbox,
      OrderMetrics metrics,
      Duration paymentLimit,
      Runnable expired) {
    this.jdbi = jdbi;
    this.stock = stock;
    this.outbox = outbox;
    this.metrics = metrics;
    this.paymentLimit = paymentLimit;
    this.expired = expired;
  }

  /** Expires what is due. */
  void run() {
    for (int batch = 0; batch < MOST_BATCHES && sweep() == BATCH; batch++) {
      // The next batch follows at once.
    }
  }

  /** Returns how many orders the batch looked at. */
  private int sweep() {
    Swept swept = jdbi.inTransaction(this::sweep);
    if (!swept.expired().isEmpty()) {
      announce(swept.expired());
    }
    return swept.seen();
  }

  private record Swept(int seen, List<Expired> expired) {}

  private Swept sweep(Handle handle) {
    ExpiryDao dao = handle.attach(ExpiryDao.class);
    if (!dao.lead(LOCK)) {
      return new Swept(0, List.of());
    }
    List<Due> due = dao.due(paymentLimit, BATCH);
    if (due.isEmpty()) {
      return new Swept(0, List.of());
    }
    stock.lockAll(
        handle,
        due.stream().map(Due::concertId).distinct().toList(),
        due.stream().map(Due::ticketTypeId).distinct().toList());
    return new Swept(
        due.size(),
        dao.expire(
            due.stream().map(Due::concertId).distinct().toArray(UUID[]::new),
            due.stream().map(Due::id).toArray(UUID[]::new),
            paymentLimit,
            outbox.ids(due.size())));
  }

  /** After the commit. */
  private void announce(List<Expired> orders) {
    orders.forEach(
        order -> metrics.moved(OrderState.valueOf(order.fromState()), OrderState.EXPIRED));
    orders.stream()
        .collect(
            Collectors.groupingBy(Expired::concertId, Collectors.summingInt(Expired::quantity)))
        .forEach(stock::committed);
    outbox.added();
    expired.run();
  }
}
