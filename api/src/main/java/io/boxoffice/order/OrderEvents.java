package io.boxoffice.order;

import io.boxoffice.order.state.Decision;
import io.boxoffice.order.store.Happening;
import io.boxoffice.order.store.OrderRow;
import io.boxoffice.order.store.OrderTransactions;
import io.boxoffice.order.store.OrderTransactions.Result;
import io.boxoffice.purchase.OrderStock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies events to orders, and tells metrics, readers of the stock and waiting requests. */
final class OrderEvents {
  private static final Logger LOG = LoggerFactory.getLogger(OrderEvents.class);

  private final OrderTransactions transactions;
  private final OrderStock stock;
  private final OrderMetrics metrics;
  private final OrderWaiters waiters;

  OrderEvents(
      OrderTransactions transactions,
      OrderStock stock,
      OrderMetrics metrics,
      OrderWaiters waiters) {
    this.transactions = transactions;
    this.stock = stock;
    this.metrics = metrics;
    this.waiters = waiters;
  }

  /**
   * Applies an event to one order, and announces what it did.
   *
   * @param allowed whether the caller may use the order
   * @return empty when there is no such order, or the caller may not use it
   */
  Optional<Result> apply(UUID id, Happening happening, Predicate<OrderRow> allowed) {
    Optional<Result> result = commit(id, happening, allowed);
    result.ifPresent(this::announce);
    return result;
  }

  /** Applies an event that comes from the payment partner. */
  Optional<Result> apply(UUID id, Happening happening) {
    return apply(id, happening, order -> true);
  }

  /** Applies an event; the caller announces it afterwards. */
  Optional<Result> commit(UUID id, Happening happening, Predicate<OrderRow> allowed) {
    Optional<Result> result = transactions.apply(id, happening, allowed);
    result
        .filter(done -> done.decision() instanceof Decision.Contradiction)
        .ifPresent(
            done ->
                LOG.error(
                    "The payment partner reported {} for the order {}, which is {}",
                    happening.event(),
                    id,
                    done.from()));
    return result;
  }

  /** Applies an event to some orders of a concert; the caller commits and announces it. */
  List<Result> applyAll(
      Handle transaction,
      UUID concertId,
      List<UUID> ids,
      List<UUID> ticketTypeIds,
      Happening happening) {
    return transactions.applyAll(transaction, concertId, ids, ticketTypeIds, happening);
  }

  /** Announces what an event did, after its commit. */
  void announce(Result result) {
    OrderRow order = result.order();
    if (result.isMoved()) {
      metrics.moved(result.from(), order.state());
      metrics.left(result.from(), Duration.between(result.since(), order.changedAt()));
      waiters.changed(Order.of(order));
    }
    if (result.isSold()) {
      stock.sold(order.quantity());
    }
    if (result.stockChanged()) {
      stock.committed(order.concertId(), result.ticketsReturned());
    }
  }
}
