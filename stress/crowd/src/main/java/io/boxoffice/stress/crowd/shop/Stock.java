package io.boxoffice.stress.crowd.shop;

/** How many tickets of a type there are, and how many are not sold. */
public record Stock(String ticketTypeId, long capacity, long available) {
  /** The same for the checker. */
  public io.boxoffice.stress.check.history.Stock inTheHistory() {
    return new io.boxoffice.stress.check.history.Stock(ticketTypeId, capacity, available);
  }
}
