package io.boxoffice.stress.check.history;

/**
 * A purchase, or an order that holds tickets, that the shop has in the end.
 *
 * @param key the key of the request that made it; null if the shop does not report it
 * @param givenBack whether its tickets are on sale again
 * @param expired whether the shop may have given them back by itself
 * @param takenAgain whether the shop may have given them back by itself, and then have taken them
 *     again because they were paid
 * @param paid whether it has them because they were paid
 * @param heldUntil before this time the shop gave nothing back by itself, in microseconds; {@link
 *     Long#MIN_VALUE} if it is not known
 */
public record Purchase(
    String id,
    String stock,
    int quantity,
    String key,
    boolean givenBack,
    boolean expired,
    boolean takenAgain,
    boolean paid,
    long heldUntil) {

  /** A purchase that was never an order. */
  public Purchase(
      String id, String stock, int quantity, String key, boolean givenBack, boolean expired) {
    this(id, stock, quantity, key, givenBack, expired, false, false, Long.MIN_VALUE);
  }
}
