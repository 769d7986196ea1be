package io.boxoffice.order.state;

/** Names what a decision writes besides the state of the order, in the same transaction. */
public enum Effect {
  /** The tickets are on sale again. */
  PUT_STOCK_BACK,
  /** The tickets are taken from the stock once more. */
  TAKE_STOCK,
  /** A purchase with the id of the order gets the tickets. */
  SELL,
  /** The purchase is cancelled, and its tickets are on sale again. */
  CANCEL_PURCHASE,
  /** A payment is open from now on. */
  OPEN_PAYMENT,
  /** The payment never happened. */
  DROP_PAYMENT,
  /** The charge is noted, and the payment is closed. */
  NOTE_CHARGE,
  /** The decline is noted, and the payment is closed. */
  NOTE_DECLINE,
  /** The reconciler asks the partner for the money. */
  REQUEST_REFUND,
  /** The reconciler need not ask again. */
  CLOSE_REFUND;

  /** Whether it changes the stock, or depends on it. */
  boolean needsStock() {
    return this == PUT_STOCK_BACK || this == TAKE_STOCK || this == CANCEL_PURCHASE;
  }
}
