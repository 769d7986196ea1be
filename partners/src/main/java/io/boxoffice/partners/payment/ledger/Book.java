package io.boxoffice.partners.payment.ledger;

import io.boxoffice.partners.journal.Timeline;
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
  private final Timeline<Charge> charges = new Timeline<>(Charge::id, Charge::createdAt);
  private final Map<UUID, List<UUID>> references = new HashMap<>();
  private final Map<String, LedgerEntry.Charged> chargeKeys = new HashMap<>();
  private final Map<String, UUID> refundKeys = new HashMap<>();
  private final Map<UUID, Callback> undelivered = new LinkedHashMap<>();

  /** Adds an entry. */
  synchronized void apply(LedgerEntry entry) {
    if (entry instanceof LedgerEntry.Charged charged) {
      Charge charge = charged.charge();
      references.computeIfAbsent(charge.reference(), unused -> new ArrayList<>(1)).add(charge.id());
      charges.add(charge);
      chargeKeys.put(charged.key(), charged);
      undelivered.put(charge.id(), Callback.charged(charge));
    } else if (entry instanceof LedgerEntry.Refunded refunded) {
      Charge charge = charges.get(refunded.chargeId()).orElseThrow().refundedBy(refunded.refund());
      charges.replace(charge);
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
    return charges.latest();
  }

  /** Returns a charge by its id. */
  public synchronized Optional<Charge> charge(UUID id) {
    return charges.get(id);
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
    return reference == null
        ? charges.page(since, after, limit)
        : charges.page(references.getOrDefault(reference, List.of()), since, after, limit);
  }
}
