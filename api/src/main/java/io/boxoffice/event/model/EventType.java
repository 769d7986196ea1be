package io.boxoffice.event.model;

/** Names the changes that the shop publishes. */
public enum EventType {
  /** A concert was created, changed, deleted or cancelled. */
  CONCERT_CHANGED("concert.changed"),
  /** An account was created. */
  ACCOUNT_REGISTERED("account.registered"),
  /** The page of a concert was viewed, once or more often. */
  PAGE_VIEWED("page.viewed"),
  /** An operator asked for a report. */
  REPORT_REQUESTED("report.requested"),
  /** A purchase was made that needs no payment. */
  PURCHASE_MADE("purchase.made"),
  /** A purchase that needed no payment was cancelled. */
  PURCHASE_CANCELLED("purchase.cancelled"),
  /** An order holds tickets. */
  ORDER_HELD("order.held"),
  /** The buyer of an order pays, and the payment partner is to be asked. */
  ORDER_PAYING("order.paying"),
  /** An order is paid for and has its purchase. */
  ORDER_CONFIRMED("order.confirmed"),
  /** The payment partner declined an order. */
  ORDER_DECLINED("order.declined"),
  /** An order expired before it was paid for. */
  ORDER_EXPIRED("order.expired"),
  /** The tickets of an order were given back before it was paid for. */
  ORDER_CANCELLED("order.cancelled"),
  /** The money of an order is given back. */
  ORDER_REFUNDED("order.refunded");

  private final String text;

  EventType(String text) {
    this.text = text;
  }

  /** Returns the CloudEvents type, such as {@code purchase.made}. */
  public String text() {
    return text;
  }
}
