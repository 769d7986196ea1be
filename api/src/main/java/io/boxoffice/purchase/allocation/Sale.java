package io.boxoffice.purchase.allocation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Holds what a batch will write, and the verdicts to send after its commit.
 *
 * @param soldAt the time of the batch
 * @param verdicts one for each request, in the same order
 * @param purchases the purchases to write
 * @param holds the orders to write
 * @param traceparents the place in a recorded trace of each purchase and order that has one, by its
 *     id
 * @param taken how many tickets the batch takes of each ticket type, by its id
 */
public record Sale(
    Instant soldAt,
    List<Verdict> verdicts,
    Keyed<Purchase> purchases,
    Keyed<Hold> holds,
    Map<UUID, String> traceparents,
    Map<UUID, Integer> taken) {

  /**
   * Holds rows to write, each with the key of its request at the same position.
   *
   * @param keys null at the position of a row without a key
   */
  public record Keyed<T>(List<T> rows, List<String> keys) {
    private Keyed() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    private void add(T row, String key) {
      rows.add(row);
      keys.add(key);
    }

    /** Returns the keys of the rows that have one. */
    public Stream<String> usedKeys() {
      return keys.stream().filter(Objects::nonNull);
    }
  }

  static Sale empty(Instant soldAt) {
    return new Sale(
        soldAt,
        new ArrayList<>(),
        new Keyed<>(),
        new Keyed<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>());
  }

  void add(Purchase purchase, String key, String traceparent) {
    purchases.add(purchase, key);
    place(purchase.id(), traceparent);
    taken.merge(purchase.ticketTypeId(), purchase.quantity(), Integer::sum);
  }

  void add(Hold hold, String key, String traceparent) {
    holds.add(hold, key);
    place(hold.id(), traceparent);
    taken.merge(hold.ticketTypeId(), hold.quantity(), Integer::sum);
  }

  private void place(UUID id, String traceparent) {
    if (traceparent != null) {
      traceparents.put(id, traceparent);
    }
  }

  /** Whether a purchase or order belongs to a recorded trace. */
  public boolean isTraced() {
    return !traceparents.isEmpty();
  }

  /** Whether the batch writes nothing. */
  public boolean isEmpty() {
    return taken.isEmpty();
  }

  /** Whether the batch writes orders. */
  public boolean hasHolds() {
    return !holds.rows().isEmpty();
  }

  /** Whether a purchase belongs to an account. */
  public boolean hasAccounts() {
    // A loop, because every sale passes here.
    for (Purchase purchase : purchases.rows()) {
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
    return verdicts.stream().noneMatch(Verdict.Rejected.class::isInstance);
  }

  /** Returns the ids of the purchases and orders to write. */
  public UUID[] ids() {
    return Stream.concat(
            purchases.rows().stream().map(Purchase::id), holds.rows().stream().map(Hold::id))
        .toArray(UUID[]::new);
  }

  /** Returns the concerts whose tickets the batch takes. */
  public List<UUID> concerts() {
    return Stream.concat(
            purchases.rows().stream().map(Purchase::concertId),
            holds.rows().stream().map(Hold::concertId))
        .distinct()
        .toList();
  }

  /** Returns how many tickets of a stock this sale leaves. */
  public int left(Stock before) {
    return before.available() - taken.getOrDefault(before.ticketTypeId(), 0);
  }
}
