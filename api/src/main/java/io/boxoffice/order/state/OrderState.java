package io.boxoffice.order.state;

/** Names the states of an order. The database stores these names. */
public enum OrderState {
  /** The tickets are kept for the buyer, who has not paid. */
  HELD,
  /** The payment partner was asked, or is about to be asked. */
  PAYING,
  /** Paid; a purchase with the same id has the tickets. */
  CONFIRMED,
  /** The partner declined the payment. */
  DECLINED,
  /** Not paid in time. */
  EXPIRED,
  /** The buyer gave the tickets back before the payment. */
  CANCELLED,
  /** The partner has the money and must return it. */
  REFUNDING,
  /** The partner returned the money. */
  REFUNDED;

  /** Whether another state follows without a further call of the buyer or an operator. */
  public boolean changesByItself() {
    return this == HELD || this == PAYING || this == REFUNDING;
  }
}
