package io.boxoffice.order;

import io.boxoffice.order.payment.PaymentPartner;
import io.boxoffice.order.state.OrderState;
import io.boxoffice.order.store.Happening;
import io.boxoffice.order.store.OrderRow;
import io.boxoffice.order.store.OrderTransactions.Result;
import io.boxoffice.order.store.RequestedPayment;
import io.boxoffice.partner.Communication;
import io.boxoffice.platform.auth.Caller;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Takes payments. The order is PAYING in the database before the partner is asked, so that no
 * charge can be forgotten. Nothing waits with a thread or a connection for the partner.
 */
final class PaymentService {
  private final PaymentPartner partner;
  private final OrderService orders;
  private final OrderEvents events;
  private final OrderWaiters waiters;
  private final Charging charging;
  private final Communication communication;

  /** Fail when the partner refuses the token that a request of this replica pays with. */
  private final Map<UUID, CompletableFuture<Order>> refusals = new ConcurrentHashMap<>();

  /**
   * Takes payments.
   *
   * @param communication what asks the partner: the request, or the consumer of the event
   */
  PaymentService(
      PaymentPartner partner,
      OrderService orders,
      OrderEvents events,
      OrderWaiters waiters,
      Charging charging,
      Communication communication) {
    this.partner = partner;
    this.orders = orders;
    this.events = events;
    this.waiters = waiters;
    this.charging = charging;
    this.communication = communication;
  }

  /**
   * Pays for an order, or waits for the answer to an earlier request with the same token.
   *
   * @param limit how long to wait for the partner; zero not to wait
   * @return the order: CONFIRMED, DECLINED; PAYING after the limit; HELD if the partner could not
   *     be asked. Completes exceptionally with a {@link ProblemException} 422 when the partner does
   *     not know the token
   * @throws ProblemException 404 as {@link OrderService#get(UUID, Optional)}; 409 when the order
   *     cannot be paid; 503 when there is no partner or too many requests wait
   */
  CompletionStage<Order> pay(UUID id, Optional<Caller> caller, String token, Duration limit) {
    if (!partner.isConfigured() && orders.get(id, caller).state() == OrderState.HELD) {
      throw unavailable();
    }
    if (!limit.isZero()) {
      waiters.requireRoom();
    }
    CompletableFuture<Order> refusal = new CompletableFuture<>();
    if (communication == Communication.EVENTS) {
      // Before the commit, because the event may be received before this method goes on.
      refusals.putIfAbsent(id, refusal);
    }
    try {
      return pay(id, OrderService.usableBy(caller), token, limit, refusal)
          .whenComplete((order, failure) -> refusals.remove(id, refusal));
    } catch (RuntimeException failure) {
      refusals.remove(id, refusal);
      throw failure;
    }
  }

  private CompletableFuture<Order> pay(
      UUID id,
      Predicate<OrderRow> allowed,
      String token,
      Duration limit,
      CompletableFuture<Order> refusal) {
    Result result =
        OrderService.accepted(
            events.apply(id, Happening.pay(token), allowed).orElseThrow(OrderService::notFound));
    Order order = Order.of(result.order());
    if (order.state() != OrderState.PAYING) {
      return CompletableFuture.completedFuture(order);
    }
    CompletableFuture<Order> answer = waiters.await(order, limit);
    var unused = refusal.whenComplete((none, refused) -> answer.completeExceptionally(refused));
    if (result.isMoved() && communication != Communication.EVENTS) {
      var unusedToo = charging.ask(paymentOf(order, token), refusal);
    }
    return answer;
  }

  /** The answer to a payment for which the partner was not asked. */
  static ProblemException unavailable() {
    return ProblemException.retryable(
        ProblemCode.PAYMENT_UNAVAILABLE, "The payment partner was not asked. Pay again later.", 2);
  }

  private static RequestedPayment paymentOf(Order order, String token) {
    return new RequestedPayment(
        order.concertId(), order.id(), order.total().amount(), order.total().currency(), token);
  }

  /**
   * Asks the partner about a payment whose event was received.
   *
   * @return completes when the partner has answered or will not
   */
  CompletionStage<Void> ask(RequestedPayment payment) {
    return charging.ask(
        payment, refusals.getOrDefault(payment.orderId(), new CompletableFuture<>()));
  }
}
