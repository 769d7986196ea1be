package io.boxoffice.order.payment;

/**
 * Says that the partner certainly did not receive a call: nothing was charged or refunded. The
 * message says why; it contains no token or secret.
 */
public final class PaymentUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why the call was not sent. */
  public PaymentUnavailableException(String message) {
    // An outage causes many of these, so they have no stack trace.
    super(message, null, false, false);
  }
}
