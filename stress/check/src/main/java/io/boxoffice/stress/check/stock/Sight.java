package io.boxoffice.stress.check.stock;

/**
 * What an answer says about a stock at one moment between two times.
 *
 * @param operation the id of the operation
 * @param exact whether exactly so many tickets were left; otherwise fewer
 * @param tickets how many
 * @param from not before this time, in microseconds
 * @param to not after this time
 * @param old whether the moment may be before the request
 */
public record Sight(
    String operation, boolean exact, long tickets, long from, long to, boolean old) {
  /** What an answer says about a moment of its request. */
  Sight(String operation, boolean exact, long tickets, long from, long to) {
    this(operation, exact, tickets, from, to, false);
  }

  boolean holds(long available) {
    return exact ? available == tickets : available < tickets;
  }
}
