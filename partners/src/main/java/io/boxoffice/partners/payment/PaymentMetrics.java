package io.boxoffice.partners.payment;

import io.boxoffice.partners.payment.callback.CallbackSender;
import io.boxoffice.partners.payment.ledger.Charge;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.Locale;

/** The figures of the payment partner; docs/partners.md lists them. */
final class PaymentMetrics {
  private final Counter charges;
  private final Counter lost;
  private final Counter replays;
  private final Counter refunds;
  private final Counter callbacks;

  /** Registers the counters. */
  PaymentMetrics(CollectorRegistry prometheus) {
    this.charges =
        Counter.build("payment_charges", "Charges that are on disk.")
            .labelNames("outcome")
            .register(prometheus);
    for (Charge.Status status : Charge.Status.values()) {
      charges.labels(word(status));
    }
    this.lost =
        Counter.build("payment_answers_lost", "Charges whose answer was lost on purpose.")
            .register(prometheus);
    this.replays =
        Counter.build("payment_replays", "Requests that got a charge which was made before.")
            .register(prometheus);
    this.refunds =
        Counter.build("payment_refunds", "Refunds that are on disk.").register(prometheus);
    this.callbacks =
        Counter.build("payment_callbacks", "Attempts to send a callback.")
            .labelNames("outcome")
            .register(prometheus);
    for (CallbackSender.Outcome outcome : CallbackSender.Outcome.values()) {
      callbacks.labels(word(outcome));
    }
  }

  void charged(Charge charge, boolean answerLost) {
    charges.labels(word(charge.status())).inc();
    if (answerLost) {
      lost.inc();
    }
  }

  void replayed() {
    replays.inc();
  }

  void refunded() {
    refunds.inc();
  }

  void called(CallbackSender.Outcome outcome) {
    callbacks.labels(word(outcome)).inc();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
