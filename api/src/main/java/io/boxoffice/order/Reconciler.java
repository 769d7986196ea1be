package io.boxoffice.order;

import io.boxoffice.order.payment.ChargeRequest;
import io.boxoffice.order.payment.PaymentPartner;
import io.boxoffice.order.store.DuePayment;
import io.boxoffice.order.store.ExpiryDao;
import io.boxoffice.order.store.Happening;
import io.boxoffice.order.store.PaymentDao;
import io.boxoffice.platform.error.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the payment partner again about payments without an answer and refunds that are not done.
 * The order's id is the key of both, so asking again charges and refunds once. It claims a payment
 * in a transaction of its own and waits for the partner without one.
 */
final class Reconciler {
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  /** Names the work among the advisory locks of the database. */
  private static final long LOCK = 0x626f_0002L;

  /** The most requests that one run sends. */
  private static final int BATCH = 50;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

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
  Reconciler(
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

  /** Asks about the payments that are due. Without a partner, they wait for one. */
  void run() {
    if (partner.isConfigured()) {
      jdbi.inTransaction(Reconciler::claim).forEach(this::ask);
    }
  }

  private static List<DuePayment> claim(Handle handle) {
    return handle.attach(ExpiryDao.class).lead(LOCK)
        ? handle.attach(PaymentDao.class).claimDue(FIRST_PAUSE, LONGEST_PAUSE, BATCH)
        : List.of();
  }

  private void ask(DuePayment due) {
    if (due.isRefund()) {
      follow(
          due,
          partner.refund(due.orderId(), due.chargeId()),
          refund -> payments.refunded(due.orderId()));
    } else {
      follow(
          due,
          partner.charge(
              new ChargeRequest(due.orderId(), due.amount(), due.currency(), due.token())),
          payments::accept);
    }
  }

  /** Notes the answer of the partner. */
  private interface Answered<T> {
    boolean accept(T answer);
  }

  private <T> void follow(DuePayment due, CompletionStage<T> asked, Answered<T> answered) {
    var unused =
        asked.whenComplete(
            (answer, failure) -> {
              try {
                answers.execute(() -> note(due, answer, failure, answered));
              } catch (RejectedExecutionException full) {
                LOG.debug("The next run asks again");
              }
            });
  }

  /** Never throws, because no caller would see it. A later run asks again. */
  private <T> void note(DuePayment due, T answer, Throwable failure, Answered<T> answered) {
    try {
      if (failure == null) {
        var unused = answered.accept(answer);
      } else if (Charging.causeOf(failure) instanceof ProblemException && !due.isRefund()) {
        events.apply(due.orderId(), Happening.chargeNotMade(due.token(), true));
      } else {
        LOG.info(
            "The partner has not answered about the order {}: {}",
            due.orderId(),
            Charging.causeOf(failure).getMessage());
      }
    } catch (RuntimeException failed) {
      LOG.warn(
          "The partner's answer for the order {} is not stored: {}",
          due.orderId(),
          failed.getMessage());
    }
  }
}
