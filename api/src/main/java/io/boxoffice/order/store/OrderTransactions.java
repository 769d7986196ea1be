package io.boxoffice.order.store;

import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.order.state.Circumstances;
import io.boxoffice.order.state.Decision;
import io.boxoffice.order.state.Effect;
import io.boxoffice.order.state.Lifecycle;
import io.boxoffice.order.state.OrderState;
import io.boxoffice.platform.logging.LogContext;
import io.boxoffice.platform.tracing.Traceparent;
import io.boxoffice.purchase.OrderStock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Applies events to orders. Each event is one transaction: the order, its payment, its history, the
 * stock and the purchase change together or not at all.
 */
public final class OrderTransactions {
  /** Other transactions move an order a few times at most, so a retry ends. */
  private static final int MOST_ATTEMPTS = 5;

  private final Jdbi jdbi;
  private final OrderStock stock;
  private final Outbox outbox;
  private final Duration paymentLimit;
  private final Duration patience;

  /**
   * Changes the given database.
   *
   * @param outbox publishes what became of each order
   * @param paymentLimit how long after its expiry a PAYING order waits for the partner
   * @param patience how long the first request to the partner has before the reconciler asks again
   */
  public OrderTransactions(
      Jdbi jdbi, OrderStock stock, Outbox outbox, Duration paymentLimit, Duration patience) {
    this.jdbi = jdbi;
    this.stock = stock;
    this.outbox = outbox;
    this.paymentLimit = paymentLimit;
    this.patience = patience;
    // Without a first use at the Jdbi itself, each attachment to a handle would read the
    // annotations again.
    jdbi.useExtension(OrderDao.class, unused -> {});
    jdbi.useExtension(PaymentDao.class, unused -> {});
  }

  /**
   * Holds what an event did.
   *
   * @param order after the event
   * @param from the state before
   * @param since when the order had got that state
   * @param ticketsReturned how many tickets are on sale again
   * @param stockChanged whether the number of available tickets changed
   */
  public record Result(
      OrderRow order,
      OrderState from,
      Instant since,
      Decision decision,
      int ticketsReturned,
      boolean stockChanged) {

    /** Whether the order has another state than before. */
    public boolean isMoved() {
      return decision instanceof Decision.Move;
    }

    /** Whether the order got a purchase. */
    public boolean isSold() {
      return decision instanceof Decision.Move move && move.effects().contains(Effect.SELL);
    }
  }

  /**
   * Applies an event to one order.
   *
   * @param allowed whether the caller may use the order
   * @return empty when there is no such order, or the caller may not use it
   */
  public Optional<Result> apply(UUID id, Happening happening, Predicate<OrderRow> allowed) {
    Lock lock = Lock.NONE;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Lock locked = lock;
      try {
        return jdbi.inTransaction(handle -> apply(handle, id, happening, allowed, locked));
      } catch (StockNeededException needed) {
        lock = Lock.STOCK;
      } catch (OvertakenException overtaken) {
        lock = locked == Lock.NONE ? Lock.ORDER : locked;
      }
    }
    throw new IllegalStateException("The order changed again and again");
  }

  /** What a transaction locks before it decides. The first attempt is made without a lock. */
  private enum Lock {
    NONE,
    ORDER,
    STOCK
  }

  /** The order changed between the two looks, and now its stock must be locked first. */
  private static final class StockNeededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StockNeededException() {
      super(null, null, false, false);
    }
  }

  /** Another event, the reconciler or the cancellation of the concert changed what was read. */
  private static final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OvertakenException() {
      super(null, null, false, false);
    }
  }

  /**
   * Applies an event to some orders of one concert, in the transaction of the caller.
   *
   * @param ids in their order
   * @param ticketTypeIds the types of these orders
   */
  public List<Result> applyAll(
      Handle transaction,
      UUID concertId,
      List<UUID> ids,
      List<UUID> ticketTypeIds,
      Happening happening) {
    stock.lockAll(transaction, List.of(concertId), ticketTypeIds.stream().distinct().toList());
    return ids.stream()
        .flatMap(id -> apply(transaction, id, happening, order -> true, Lock.STOCK).stream())
        .toList();
  }

  private Optional<Result> apply(
      Handle handle, UUID id, Happening happening, Predicate<OrderRow> allowed, Lock lock) {
    OrderDao dao = handle.attach(OrderDao.class);
    Optional<OrderRow> seen = dao.find(id, paymentLimit).filter(allowed);
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    OrderRow before = seen.get();
    Decision expected = decide(before, happening, 0);
    if (lock == Lock.NONE && !needsLock(expected)) {
      return Optional.of(write(handle, dao, before, happening, expected));
    }
    boolean stockLocked = lock == Lock.STOCK || expected.needsStock();
    int available = stockLocked ? stock.lock(handle, before.concertId(), before.ticketTypeId()) : 0;
    dao.lock(before.concertId(), id);
    Optional<OrderRow> locked = dao.find(before.concertId(), id, paymentLimit);
    if (locked.isEmpty()) {
      return Optional.empty();
    }
    OrderRow order = locked.get();
    Decision decision = decide(order, happening, available);
    if (decision.needsStock() && !stockLocked) {
      throw new StockNeededException();
    }
    return Optional.of(write(handle, dao, order, happening, decision));
  }

  /** A move is guarded by its own statement, and without effects there is nothing to guard. */
  private static boolean needsLock(Decision decision) {
    return decision.needsStock()
        || (decision instanceof Decision.Stay stay && !stay.effects().isEmpty());
  }

  private static Decision decide(OrderRow order, Happening happening, int available) {
    boolean sameToken =
        happening.tokenHash() != null && happening.tokenHash().equals(order.tokenHash());
    return Lifecycle.decide(
        order.state(),
        happening.event(),
        new Circumstances(
            order.due(),
            sameToken,
            sameToken && (happening.refused() || order.attempts() <= 1),
            available >= order.quantity(),
            order.concertCancelled()));
  }

  private Result write(
      Handle handle, OrderDao dao, OrderRow order, Happening happening, Decision decision) {
    OrderRow after = order;
    Set<Effect> effects = Set.of();
    if (decision instanceof Decision.Move move) {
      after = move(dao, order, happening, move);
      handle.afterCommit(outbox::added);
      effects = move.effects();
    } else if (decision instanceof Decision.Stay stay) {
      effects = stay.effects();
    }
    if (!effects.isEmpty()) {
      // Attached once, because each attachment costs as much as a statement.
      PaymentDao payments = handle.attach(PaymentDao.class);
      // The order of the effects: the stock first, then the purchase, which the stock allows.
      for (Effect effect : Effect.values()) {
        if (effects.contains(effect)) {
          write(handle, payments, order, happening, effect);
        }
      }
    }
    boolean returned =
        effects.contains(Effect.PUT_STOCK_BACK) || effects.contains(Effect.CANCEL_PURCHASE);
    return new Result(
        after.with(effects, happening),
        order.state(),
        order.changedAt(),
        decision,
        returned ? order.quantity() : 0,
        returned || effects.contains(Effect.TAKE_STOCK));
  }

  private OrderRow move(OrderDao dao, OrderRow order, Happening happening, Decision.Move move) {
    return dao.move(
            order.concertId(),
            order.id(),
            happening.event(),
            order.state(),
            move.to(),
            order.changedAt(),
            outbox.ids(1)[0],
            Traceparent.current(),
            LogContext.requestId())
        .map(changedAt -> order.moved(move.to(), changedAt))
        .orElseThrow(OvertakenException::new);
  }

  private void write(
      Handle handle, PaymentDao payments, OrderRow order, Happening happening, Effect effect) {
    UUID concert = order.concertId();
    UUID id = order.id();
    UUID type = order.ticketTypeId();
    switch (effect) {
      case PUT_STOCK_BACK -> stock.putBack(handle, concert, type, order.quantity());
      case TAKE_STOCK -> stock.take(handle, concert, type, order.quantity());
      case SELL -> {
        if (!stock.sell(
            handle, concert, id, type, order.email(), order.quantity(), order.accountId())) {
          throw new OvertakenException();
        }
      }
      case CANCEL_PURCHASE -> stock.cancel(handle, concert, id, type, order.quantity());
      case OPEN_PAYMENT ->
          payments.open(concert, id, happening.token(), happening.tokenHash(), patience);
      case DROP_PAYMENT -> {
        if (payments.drop(concert, id, order.attempts()) != 1) {
          throw new OvertakenException();
        }
      }
      case NOTE_CHARGE -> payments.succeeded(concert, id, happening.chargeId());
      case NOTE_DECLINE ->
          payments.declined(concert, id, happening.chargeId(), happening.declineReason());
      case REQUEST_REFUND -> payments.requestRefund(concert, id);
      case CLOSE_REFUND -> payments.closeRefund(concert, id);
    }
  }
}
