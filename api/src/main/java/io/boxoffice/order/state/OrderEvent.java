package io.boxoffice.order.state;

/** Names what can happen to an order. The history of an order stores these names. */
public enum OrderEvent {
  /** The buyer pays. */
  PAY,
  /** The partner charged the money: by its answer, a callback, or an answer to the reconciler. */
  CHARGE_SUCCEEDED,
  /** The partner declined the payment. */
  CHARGE_DECLINED,
  /** The partner was certainly not asked, or refused the request: it has charged nothing. */
  CHARGE_NOT_MADE,
  /** Time has passed. */
  EXPIRE,
  /** The buyer gives the tickets back. */
  CANCEL,
  /** An operator returns the money. */
  REFUND,
  /** The concert is cancelled, and what the order has is given back. */
  CONCERT_CANCELLED,
  /** The partner returned the money. */
  REFUNDED
}
