package io.boxoffice.stress.check.stock;

/**
 * What an answer says about a stock at one moment between two times.
 *
 * @param operation the id of the operation
 * @param exact whether exactly so many tickets were left; otherwise fewer
 * @param tickets how many
 * @param from not before this time, in microseconds
 * @param to not after this time
 */
public record Sight(String operation, boolean exact, long tickets, long from, long to) {
  boolean holds(long available) {
    return exact ? available == tickets : available < tickets;
  }
}
