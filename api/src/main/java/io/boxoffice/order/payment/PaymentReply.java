package io.boxoffice.order.payment;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Holds the result of a call to the partner: a value or a failure.
 *
 * @param value null if the call failed
 * @param failure null if there is a value
 */
record PaymentReply<T>(PaymentOutcome outcome, T value, RuntimeException failure) {

  static <T> PaymentReply<T> of(PaymentOutcome outcome, T value) {
    return new PaymentReply<>(outcome, value, null);
  }

  static <T> PaymentReply<T> failed(PaymentOutcome outcome, RuntimeException failure) {
    return new PaymentReply<>(outcome, null, failure);
  }

  /** The partner may have done what the call asks for. */
  static <T> PaymentReply<T> unknown(String why) {
    return failed(PaymentOutcome.UNKNOWN, new PaymentUnknownException(why));
  }

  /** Returns a stage that has ended with the value or the failure. */
  CompletionStage<T> toStage() {
    return failure == null
        ? CompletableFuture.completedStage(value)
        : CompletableFuture.failedStage(failure);
  }
}
