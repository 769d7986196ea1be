package io.boxoffice.order;

import io.boxoffice.order.payment.Charge;
import io.boxoffice.order.payment.ChargeRequest;
import io.boxoffice.order.payment.PaymentPartner;
import io.boxoffice.order.payment.PaymentUnavailableException;
import io.boxoffice.order.store.Happening;
import io.boxoffice.order.store.OrderTransactions.Result;
import io.boxoffice.order.store.PaymentDao;
import io.boxoffice.order.store.RequestedPayment;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.logging.LogContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the payment partner to charge orders that are PAYING, and stores its answers. It waits with
 * no thread and no connection.
 */
final class Charging {
  private static final Logger LOG = LoggerFactory.getLogger(Charging.class);

  /** The partner may still be busy with the request that it did not answer. */
  private static final Duration AFTER_SILENCE = Duration.ofSeconds(1);

  private final Jdbi jdbi;
  private final PaymentPartner partner;
  private final OrderEvents events;
  private final OrderPayments payments;
  private final Executor answers;

  /**
   * Asks the given partner.
   *
   * @param answers runs the transactions that follow the partner's answers
   */
  Charging(
      Jdbi jdbi,
      PaymentPartner partner,
      OrderEvents events,
      OrderPayments payments,
      Executor answers) {
    this.jdbi = jdbi;
    this.partner = partner;
    this.events = events;
    this.payments = payments;
    this.answers = answers;
  }

  /**
   * Asks for a charge. The result is stored, and announced to the requests that wait.
   *
   * @param refusal fails if the partner does not know the token
   * @return completes when the partner has answered or will not
   */
  CompletionStage<Void> ask(RequestedPayment payment, CompletableFuture<Order> refusal) {
    String requestId = LogContext.requestId();
    return charge(payment)
        .handle(
            (charge, failure) -> {
              try (var ignored = LogContext.of(requestId)) {
                answers.execute(() -> follow(payment, charge, failure, refusal));
              } catch (RejectedExecutionException full) {
                LOG.warn("The reconciler will ask about the order {} again", payment.orderId());
              }
              return null;
            });
  }

  private CompletionStage<Charge> charge(RequestedPayment payment) {
    try {
      return partner.charge(
          new ChargeRequest(
              payment.orderId(), payment.amount(), payment.currency(), payment.token()));
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** Never throws, because no caller would see it. The reconciler does what could not be done. */
  private void follow(
      RequestedPayment payment,
      Charge charge,
      Throwable failure,
      CompletableFuture<Order> refusal) {
    try {
      if (failure == null) {
        payments.accept(charge);
      } else {
        followFailure(payment, causeOf(failure), refusal);
      }
    } catch (RuntimeException failed) {
      LOG.warn(
          "The partner's answer for the order {} is not stored, and the reconciler asks again: {}",
          payment.orderId(),
          failed.getMessage());
    }
  }

  private void followFailure(
      RequestedPayment payment, Throwable cause, CompletableFuture<Order> refusal) {
    if (cause instanceof PaymentUnavailableException) {
      events.apply(payment.orderId(), Happening.chargeNotMade(payment.token(), false));
    } else if (cause instanceof ProblemException refused) {
      Optional<Result> result =
          events.commit(
              payment.orderId(), Happening.chargeNotMade(payment.token(), true), any -> true);
      // The request that sent the token learns what is wrong with it. Others see the order.
      refusal.completeExceptionally(refused);
      result.ifPresent(events::announce);
    } else {
      LOG.info(
          "The payment of the order {} has no answer: {}", payment.orderId(), cause.getMessage());
      jdbi.useExtension(
          PaymentDao.class,
          dao -> dao.askSoon(payment.concertId(), payment.orderId(), AFTER_SILENCE));
    }
  }

  static Throwable causeOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
