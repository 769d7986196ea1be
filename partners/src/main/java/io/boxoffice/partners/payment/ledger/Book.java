package io.boxoffice.partners.payment.ledger;

import io.boxoffice.platform.http.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Holds what is on disk, in the order of the ledger, and finds it by id, key and reference. An
 * entry is visible only after it is on disk, and never before an earlier one.
 */
public final class Book {
  private final List<Charge> charges = new ArrayList<>();
  private final Map<UUID, Integer> positions = new HashMap<>();
  private final Map<UUID, List<Integer>> references = new HashMap<>();
  private final Map<String, LedgerEntry.Charged> chargeKeys = new HashMap<>();
  private final Map<String, UUID> refundKeys = new HashMap<>();
  private final Map<UUID, Callback> undelivered = new LinkedHashMap<>();

  /** Adds an entry. */
  synchronized void apply(LedgerEntry entry) {
    if (entry instanceof LedgerEntry.Charged charged) {
      Charge charge = charged.charge();
      positions.put(charge.id(), charges.size());
      references
          .computeIfAbsent(charge.reference(), unused -> new ArrayList<>(1))
          .add(charges.size());
      charges.add(charge);
      chargeKeys.put(charged.key(), charged);
      undelivered.put(charge.id(), Callback.charged(charge));
    } else if (entry instanceof LedgerEntry.Refunded refunded) {
      int position = positions.get(refunded.chargeId());
      Charge charge = charges.get(position).refundedBy(refunded.refund());
      charges.set(position, charge);
      refundKeys.put(refunded.key(), charge.id());
      undelivered.put(refunded.refund().id(), Callback.refunded(charge));
    } else if (entry instanceof LedgerEntry.Delivered delivered) {
      undelivered.remove(delivered.callbackId());
    }
  }

  /** Returns the number of charges. */
  public synchronized int size() {
    return charges.size();
  }

  /** Returns when the last charge was made; the earliest time if there is none. */
  synchronized Instant latest() {
    return charges.isEmpty() ? Instant.MIN : charges.get(charges.size() - 1).createdAt();
  }

  /** Returns a charge by its id. */
  public synchronized Optional<Charge> charge(UUID id) {
    return Optional.ofNullable(positions.get(id)).map(charges::get);
  }

  /** Returns the charge that was made with a key, with the body of its request. */
  public synchronized Optional<LedgerEntry.Charged> chargedWith(String key) {
    return Optional.ofNullable(chargeKeys.get(key));
  }

  /** Returns the charge that was refunded with a key. */
  public synchronized Optional<UUID> refundedWith(String key) {
    return Optional.ofNullable(refundKeys.get(key));
  }

  /** Returns the callbacks of all entries that have no {@link LedgerEntry.Delivered}. */
  public synchronized Collection<Callback> undelivered() {
    return List.copyOf(undelivered.values());
  }

  /** Forgets a callback that is not sent any more, so that it needs no memory. */
  public synchronized void forget(UUID callbackId) {
    undelivered.remove(callbackId);
  }

  /**
   * Returns a page in the order of the ledger, which is also the order of {@code createdAt}.
   *
   * @param reference only charges with this reference; null for all
   * @param since only charges that were made at this time or later; null for all
   * @param after only charges behind this one; null for all
   * @param limit the most charges of the page
   * @return empty when there is no charge {@code after}
   */
  public synchronized Optional<Page<Charge>> page(
      UUID reference, Instant since, UUID after, int limit) {
    int first = since == null ? 0 : firstSince(since);
    if (after != null) {
      Integer last = positions.get(after);
      if (last == null) {
        return Optional.empty();
      }
      first = Math.max(first, last + 1);
    }
    List<Charge> rows = new ArrayList<>();
    if (reference == null) {
      for (int i = first; i < charges.size() && rows.size() <= limit; i++) {
        rows.add(charges.get(i));
      }
    } else {
      for (int position : references.getOrDefault(reference, List.of())) {
        if (position >= first && rows.size() <= limit) {
          rows.add(charges.get(position));
        }
      }
    }
    return Optional.of(Page.cut(rows, limit, Charge::id));
  }

  private int firstSince(Instant since) {
    int low = 0;
    int high = charges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (charges.get(middle).createdAt().isBefore(since)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
