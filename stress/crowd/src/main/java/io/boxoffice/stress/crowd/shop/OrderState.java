package io.boxoffice.stress.crowd.shop;

/** The states of an order, as docs/orders.md has them. */
public enum OrderState {
  HELD,
  PAYING,
  CONFIRMED,
  DECLINED,
  EXPIRED,
  CANCELLED,
  REFUNDING,
  REFUNDED;

  /** Whether the tickets of the order are out of the stock and not sold. */
  public boolean holdsTickets() {
    return this == HELD || this == PAYING;
  }

  /** Whether the order waits for the payment partner. */
  public boolean waitsForPartner() {
    return this == PAYING || this == REFUNDING;
  }
}
