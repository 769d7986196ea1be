package io.boxoffice.order;

import io.boxoffice.order.state.Decision;
import io.boxoffice.order.state.OrderEvent;
import io.boxoffice.order.store.Happening;
import io.boxoffice.order.store.OrderDao;
import io.boxoffice.order.store.OrderRow;
import io.boxoffice.order.store.OrderTransactions.Result;
import io.boxoffice.platform.auth.Caller;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.Page;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads, cancels and refunds orders, for the resources that serve them. */
public final class OrderService {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Jdbi jdbi;
  private final Duration paymentLimit;
  private final OrderEvents events;
  private final OrderWaiters waiters;

  OrderService(Jdbi jdbi, Duration paymentLimit, OrderEvents events, OrderWaiters waiters) {
    this.jdbi = jdbi;
    this.paymentLimit = paymentLimit;
    this.events = events;
    this.waiters = waiters;
  }

  /**
   * Reads one order.
   *
   * @param caller empty if the request names none
   * @throws ProblemException 404 when there is none with this id, or it belongs to an account that
   *     is not the caller's
   */
  public Order get(UUID id, Optional<Caller> caller) {
    return jdbi.withExtension(OrderDao.class, dao -> dao.find(id, paymentLimit))
        .filter(usableBy(caller))
        .map(Order::of)
        .orElseThrow(OrderService::notFound);
  }

  /**
   * Reads one order, after a wait for another state if the order is going to have one.
   *
   * @param limit how long to wait; zero to read it as it is
   * @throws ProblemException as {@link #get(UUID, Optional)}; 503 when too many requests wait
   */
  CompletionStage<Order> get(UUID id, Optional<Caller> caller, Duration limit) {
    Order seen = get(id, caller);
    boolean waits = !limit.isZero() && seen.state().changesByItself();
    if (waits) {
      waiters.requireRoom();
    }
    return waiters.await(seen, waits ? limit : Duration.ZERO);
  }

  /** Reads a page of an account's orders. */
  public Page<Order> listOf(UUID accountId, UUID after, int limit) {
    List<Order> found =
        jdbi
            .withExtension(
                OrderDao.class,
                dao ->
                    dao.listOf(
                        accountId,
                        Objects.requireNonNullElse(after, BEFORE_ALL),
                        limit + 1,
                        paymentLimit))
            .stream()
            .map(Order::of)
            .toList();
    return Page.cut(found, limit, Order::id);
  }

  /** Reads those of the given orders that have another state now. */
  static List<Order> findChanged(Jdbi jdbi, Duration paymentLimit, List<Order> seen) {
    UUID[] ids = seen.stream().map(Order::id).toArray(UUID[]::new);
    String[] states = seen.stream().map(order -> order.state().name()).toArray(String[]::new);
    return jdbi
        .withExtension(OrderDao.class, dao -> dao.findChanged(ids, states, paymentLimit))
        .stream()
        .map(Order::of)
        .toList();
  }

  /**
   * Cancels an order that is not paid. Further calls change nothing.
   *
   * @throws ProblemException 404 as {@link #get(UUID, Optional)}; 409 when the order is being paid
   *     or was paid
   */
  public Order cancel(UUID id, Optional<Caller> caller) {
    return apply(id, Happening.of(OrderEvent.CANCEL), usableBy(caller));
  }

  /**
   * Returns the money of a paid order: cancels its purchase now, and asks the partner later.
   * Further calls change nothing.
   *
   * @throws ProblemException 404 when there is none with this id; 409 when the order is not paid
   */
  public Order refund(UUID id) {
    return apply(id, Happening.of(OrderEvent.REFUND), order -> true);
  }

  private Order apply(UUID id, Happening happening, Predicate<OrderRow> allowed) {
    return Order.of(
        accepted(events.apply(id, happening, allowed).orElseThrow(OrderService::notFound)).order());
  }

  /**
   * Returns a result that is no refusal.
   *
   * @throws ProblemException 409 when the event was refused
   */
  static Result accepted(Result result) {
    if (result.decision() instanceof Decision.Refuse refused) {
      throw ProblemException.of(
          refused.code(), "The order is %s.".formatted(result.order().state()));
    }
    return result;
  }

  /**
   * Gives the orders of a verified address to an account, if they belong to none. Call it before
   * the same for purchases: a confirmation that runs meanwhile gives its purchase to the account of
   * its order.
   *
   * @return how many there were
   */
  public int claim(Handle transaction, UUID accountId, String email) {
    return transaction.attach(OrderDao.class).claim(accountId, email);
  }

  /**
   * Removes a person from their orders, as {@link io.boxoffice.purchase.PurchaseService#anonymise}
   * does for purchases.
   */
  public void anonymise(Handle transaction, UUID accountId, String email) {
    transaction
        .attach(OrderDao.class)
        .anonymise(accountId, email, "deleted-%s@account.invalid".formatted(UUID.randomUUID()));
  }

  static Predicate<OrderRow> usableBy(Optional<Caller> caller) {
    return order -> Caller.mayUse(caller, order.accountId());
  }

  static ProblemException notFound() {
    return ProblemException.of(ProblemCode.NOT_FOUND, "There is no order with this id.");
  }
}
