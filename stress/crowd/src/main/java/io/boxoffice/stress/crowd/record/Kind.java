package io.boxoffice.stress.crowd.record;

/** What a request is for: these are never mixed in one latency. */
public enum Kind {
  /** Looking at concerts and receipts. */
  READ("looks"),
  /** Buying, holding tickets for an order, and cancelling. */
  BUY("purchases"),
  /** Paying for an order, and waiting for the payment: as slow as the payment partner. */
  PAY("payments");

  private final String plural;

  Kind(String plural) {
    this.plural = plural;
  }

  /** What the requests are called in results. */
  public String plural() {
    return plural;
  }
}
