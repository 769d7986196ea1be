package io.boxoffice.order.payment;

/** Names what became of a call to the partner, for metrics and for the breaker. */
enum PaymentOutcome {
  /** The partner charged or refunded, or showed its ledger. */
  SUCCEEDED(false),
  /** The partner did not get the money. */
  DECLINED(false),
  /** The partner does not know the token, or has no ledger. */
  REFUSED(false),
  /** The partner works on the same call already; it is not at fault. */
  IN_PROGRESS(false),
  /** No usable answer: the call may have been done. */
  UNKNOWN(true),
  /** No connection, so nothing was sent. */
  NOT_SENT(true),
  /** Not sent, because the breaker is open. */
  BREAKER_OPEN(false),
  /** Not sent, because too many calls are in flight. */
  FULL(false);

  private final boolean failure;

  PaymentOutcome(boolean failure) {
    this.failure = failure;
  }

  /** Whether it counts against the partner. */
  boolean isFailure() {
    return failure;
  }
}
