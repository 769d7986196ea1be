package io.boxoffice.cancellation;

import io.boxoffice.cancellation.Cancellation.Money;
import io.boxoffice.cancellation.Cancellation.Orders;
import io.boxoffice.cancellation.Cancellation.Purchases;
import io.boxoffice.cancellation.Cancellation.Sum;
import io.boxoffice.concert.ConcertService;
import io.boxoffice.event.model.Event;
import io.boxoffice.order.OrderCancellations;
import io.boxoffice.order.state.OrderState;
import io.boxoffice.order.store.ConcertOrdersDao.Open;
import io.boxoffice.order.store.OrderTotal;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.purchase.PurchaseCancellations;
import io.boxoffice.purchase.store.ConcertPurchasesDao.Counts;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Cancels concerts, and reports how much of a cancelled one is given back. */
final class CancellationService {
  private final Jdbi jdbi;
  private final ConcertService concerts;
  private final OrderCancellations orders;
  private final PurchaseCancellations purchases;
  private final Consumer<UUID> changed;

  /**
   * Cancels in the given database.
   *
   * @param changed receives each concert after its cancellation
   */
  CancellationService(
      Jdbi jdbi,
      ConcertService concerts,
      OrderCancellations orders,
      PurchaseCancellations purchases,
      Consumer<UUID> changed) {
    this.jdbi = jdbi;
    this.concerts = concerts;
    this.orders = orders;
    this.purchases = purchases;
    this.changed = changed;
  }

  /**
   * A cancelled concert.
   *
   * @param events the event, if this call cancelled it
   */
  record Cancelled(Cancellation cancellation, List<Event> events) {}

  /**
   * Cancels a concert for ever. Further calls change nothing, also not the reason.
   *
   * @param reason null for none
   * @throws ProblemException 404 when there is none with this id
   */
  Cancelled cancel(UUID concertId, String reason) {
    // Read in the same transaction, so that the first answer says what there is to give back.
    Cancelled cancelled =
        jdbi.inTransaction(
            handle -> {
              Optional<Event> event = concerts.cancel(handle, concertId);
              if (event.isPresent()) {
                handle.attach(CancellationDao.class).insert(concertId, reason);
              }
              return new Cancelled(read(handle, concertId), event.stream().toList());
            });
    changed.accept(concertId);
    return cancelled;
  }

  /**
   * Reads the progress of a cancellation.
   *
   * @throws ProblemException 404 when there is no cancelled concert with this id
   */
  Cancellation get(UUID concertId) {
    // All counts are of one moment, so that no order is in two of them.
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ, handle -> read(handle, concertId));
  }

  private Cancellation read(Handle handle, UUID concertId) {
    CancellationDao.Row row =
        handle
            .attach(CancellationDao.class)
            .find(concertId)
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.NOT_FOUND, "There is no cancelled concert with this id."));
    List<OrderTotal> totals = orders.totals(handle, concertId, row.cancelledAt());
    Counts counts = purchases.counts(handle, concertId, row.cancelledAt());
    return new Cancellation(
        concertId,
        row.cancelledAt(),
        row.reason(),
        row.completedAt(),
        orders(orders.open(handle, concertId), totals),
        new Purchases(counts.confirmed(), counts.cancelled()),
        money(totals));
  }

  private static Orders orders(Open open, List<OrderTotal> totals) {
    return new Orders(
        open.held(),
        open.paying(),
        count(totals, OrderState.CONFIRMED),
        open.refunding(),
        open.unanswered(),
        count(totals, OrderState.CANCELLED),
        count(totals, OrderState.REFUNDED));
  }

  private static long count(List<OrderTotal> totals, OrderState state) {
    return totals.stream()
        .filter(total -> total.state() == state)
        .mapToLong(OrderTotal::orders)
        .sum();
  }

  private static List<Money> money(List<OrderTotal> totals) {
    return totals.stream()
        .filter(
            total -> total.state() == OrderState.REFUNDING || total.state() == OrderState.REFUNDED)
        .map(OrderTotal::currency)
        .distinct()
        .sorted()
        .map(
            currency ->
                new Money(
                    currency,
                    sum(totals, currency, OrderState.REFUNDING),
                    sum(totals, currency, OrderState.REFUNDED)))
        .toList();
  }

  private static Sum sum(List<OrderTotal> totals, String currency, OrderState state) {
    return totals.stream()
        .filter(total -> total.state() == state && total.currency().equals(currency))
        .findFirst()
        .map(total -> new Sum(total.orders(), total.amount()))
        .orElse(new Sum(0, 0));
  }
}
