package io.boxoffice.purchase.allocation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Holds what a batch will write, and the verdicts to send after its commit.
 *
 * @param verdicts one for each request, in the same order
 * @param purchases the purchases to write; the key of each is at the same position in {@code keys}
 * @param keys null at the position of a purchase without a key
 * @param taken how many tickets the batch sells of each ticket type, by its id
 */
public record Sale(
    List<Verdict> verdicts, List<Purchase> purchases, List<String> keys, Map<UUID, Integer> taken) {

  static Sale empty() {
    return new Sale(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
  }

  void add(Purchase purchase, String key) {
    purchases.add(purchase);
    keys.add(key);
    taken.merge(purchase.ticketTypeId(), purchase.quantity(), Integer::sum);
  }

  /** Whether the batch writes nothing. */
  public boolean isEmpty() {
    return purchases.isEmpty();
  }

  /** Whether a purchase belongs to an account. */
  public boolean hasAccounts() {
    // A loop, because every sale passes here.
    for (Purchase purchase : purchases) {
      if (purchase.accountId() != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether every request gets tickets. A duplicate key in the same batch gets the first result.
   */
  public boolean isComplete() {
    return verdicts.stream()
        .allMatch(
            verdict -> verdict instanceof Verdict.Sold || verdict instanceof Verdict.Replayed);
  }

  /** Returns the ids of the purchases to write. */
  public UUID[] purchaseIds() {
    return purchases.stream().map(Purchase::id).toArray(UUID[]::new);
  }

  /** Returns the keys of the purchases that have one. */
  public String[] usedKeys() {
    return keys.stream().filter(Objects::nonNull).toArray(String[]::new);
  }

  /** Returns how many tickets of a stock this sale leaves. */
  public int left(Stock before) {
    return before.available() - taken.getOrDefault(before.ticketTypeId(), 0);
  }
}
