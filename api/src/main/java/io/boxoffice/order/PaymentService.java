package io.boxoffice.order;

import io.boxoffice.order.payment.Charge;
import io.boxoffice.order.payment.ChargeRequest;
import io.boxoffice.order.payment.PaymentPartner;
import io.boxoffice.order.payment.PaymentUnavailableException;
import io.boxoffice.order.state.OrderState;
import io.boxoffice.order.store.Happening;
import io.boxoffice.order.store.OrderRow;
import io.boxoffice.order.store.OrderTransactions.Result;
import io.boxoffice.order.store.PaymentDao;
import io.boxoffice.platform.auth.Caller;
import io.boxoffice.platform.error.ProblemCode;
import io.boxoffice.platform.error.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes payments. The order is PAYING in the database before the partner is asked, so that no
 * charge can be forgotten. Nothing waits with a thread or a connection for the partner.
 */
final class PaymentService {
  private static final Logger LOG = LoggerFactory.getLogger(PaymentService.class);

  /** The partner may still be busy with the request that it did not answer. */
  private static final Duration AFTER_SILENCE = Duration.ofSeconds(1);

  private final Jdbi jdbi;
  private final PaymentPartner partner;
  private final OrderService orders;
  private final OrderEvents events;
  private final OrderPayments payments;
  private final OrderWaiters waiters;
  private final Executor answers;

  /**
   * Asks the given partner.
   *
   * @param answers runs the transactions that follow the partner's answers
   */
  PaymentService(
      Jdbi jdbi,
      PaymentPartner partner,
      OrderService orders,
      OrderEvents events,
      OrderPayments payments,
      OrderWaiters waiters,
      Executor answers) {
    this.jdbi = jdbi;
    this.partner = partner;
    this.orders = orders;
    this.events = events;
    this.payments = payments;
    this.waiters = waiters;
    this.answers = answers;
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
    Predicate<OrderRow> allowed = OrderService.usableBy(caller);
    Result result =
        OrderService.accepted(
            events.apply(id, Happening.pay(token), allowed).orElseThrow(OrderService::notFound));
    Order order = Order.of(result.order());
    if (order.state() != OrderState.PAYING) {
      return CompletableFuture.completedFuture(order);
    }
    CompletableFuture<Order> answer = waiters.await(order, limit);
    if (result.isMoved()) {
      ask(order, token, answer);
    }
    return answer;
  }

  /** The answer to a payment for which the partner was not asked. */
  static ProblemException unavailable() {
    return ProblemException.retryable(
        ProblemCode.PAYMENT_UNAVAILABLE, "The payment partner was not asked. Pay again later.", 2);
  }

  private void ask(Order order, String token, CompletableFuture<Order> answer) {
    var unused =
        charge(order, token)
            .whenComplete(
                (charge, failure) -> {
                  try {
                    answers.execute(() -> follow(order, token, charge, failure, answer));
                  } catch (RejectedExecutionException full) {
                    LOG.warn("The reconciler will ask about the order {} again", order.id());
                  }
                });
  }

  private CompletionStage<Charge> charge(Order order, String token) {
    try {
      return partner.charge(
          new ChargeRequest(order.id(), order.total().amount(), order.total().currency(), token));
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** Never throws, because no caller would see it. The reconciler does what could not be done. */
  private void follow(
      Order order,
      String token,
      Charge charge,
      Throwable failure,
      CompletableFuture<Order> answer) {
    try {
      if (failure == null) {
        payments.accept(charge);
      } else {
        followFailure(order, token, causeOf(failure), answer);
      }
    } catch (RuntimeException failed) {
      LOG.warn(
          "The partner's answer for the order {} is not stored, and the reconciler asks again: {}",
          order.id(),
          failed.getMessage());
    }
  }

  private void followFailure(
      Order order, String token, Throwable cause, CompletableFuture<Order> answer) {
    if (cause instanceof PaymentUnavailableException) {
      events.apply(order.id(), Happening.chargeNotMade(token, false));
    } else if (cause instanceof ProblemException refused) {
      Optional<Result> result =
          events.commit(order.id(), Happening.chargeNotMade(token, true), any -> true);
      // The request that sent the token learns what is wrong with it. Others see the order.
      answer.completeExceptionally(refused);
      result.ifPresent(events::announce);
    } else {
      LOG.info("The payment of the order {} has no answer: {}", order.id(), cause.getMessage());
      jdbi.useExtension(
          PaymentDao.class, dao -> dao.askSoon(order.concertId(), order.id(), AFTER_SILENCE));
    }
  }

  static Throwable causeOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
