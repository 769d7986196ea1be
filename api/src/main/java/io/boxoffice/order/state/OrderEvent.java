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
  /** An operator returns the money, or the concert is cancelled. */
  REFUND,
  /** The partner returned the money. */
  REFUNDED
}
