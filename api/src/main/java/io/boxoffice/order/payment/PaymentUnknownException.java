package io.boxoffice.order.payment;

/**
 * Says that a call to the partner has no usable answer: the partner may have done what it asks for.
 * The same call later tells what it did. The message says why; it contains no token or secret.
 */
public final class PaymentUnknownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what the answer was, or that there was none. */
  public PaymentUnknownException(String message) {
    // An outage causes many of these, so they have no stack trace.
    super(message, null, false, false);
  }
}
