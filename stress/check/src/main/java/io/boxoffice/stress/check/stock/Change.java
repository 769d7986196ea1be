package io.boxoffice.stress.check.stock;

/**
 * Tickets that were taken from a stock or given back to it, at one moment between two times.
 *
 * @param operation the id of the operation that shows it, or null
 * @param tickets below 0 if they were taken
 * @param from not before this time, in microseconds
 * @param to not after this time; {@link Long#MAX_VALUE} if it is not known
 * @param follows whether it is done after the change that is before it in the list, and of the same
 *     purchase: tickets are given back after they were taken
 */
public record Change(String operation, int tickets, long from, long to, boolean follows) {
  /** Returns the same change between two other times. */
  Change between(long first, long last) {
    return new Change(operation, tickets, first, last, follows);
  }

  /** Returns the same change without its end, as if its request had no answer. */
  Change withoutEnd() {
    return between(from, Long.MAX_VALUE);
  }
}
