package io.boxoffice.purchase.allocation;

import java.util.Map;

/** Holds what exists under the keys of a batch. Purchases and orders have keys of their own. */
public record Earlier(Map<ConcertKey, Purchase> purchases, Map<ConcertKey, Hold> holds) {

  /** Nothing exists under any key. */
  public static final Earlier NONE = new Earlier(Map.of(), Map.of());
}
