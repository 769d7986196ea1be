package io.boxoffice.stress.crowd.record;

/** What a request is for: the two are never mixed in one latency. */
public enum Kind {
  /** Looking at concerts and receipts. */
  READ,
  /** Buying, and cancelling a purchase. */
  BUY
}
