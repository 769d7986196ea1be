package io.boxoffice.purchase.store;

import io.boxoffice.purchase.allocation.PurchaseRequest;
import java.util.List;
import java.util.UUID;

/**
 * Holds the keys of a batch, as look-ups need them.
 *
 * @param concerts the concerts of all requests, so that each statement names them
 * @param ofPurchases the keys of requests to buy
 * @param ofHolds the keys of requests to hold
 */
record BatchKeys(List<UUID> concerts, List<String> ofPurchases, List<String> ofHolds) {

  static BatchKeys of(List<PurchaseRequest> requests) {
    return new BatchKeys(concerts(requests), keys(requests, false), keys(requests, true));
  }

  /** Returns the concerts of a batch, without keys. */
  static BatchKeys none(List<PurchaseRequest> requests) {
    return new BatchKeys(concerts(requests), List.of(), List.of());
  }

  boolean hasHolds() {
    return !ofHolds.isEmpty();
  }

  boolean isEmpty() {
    return ofPurchases.isEmpty() && ofHolds.isEmpty();
  }

  private static List<UUID> concerts(List<PurchaseRequest> requests) {
    return requests.stream().map(PurchaseRequest::concertId).distinct().toList();
  }

  private static List<String> keys(List<PurchaseRequest> requests, boolean ofHolds) {
    return requests.stream()
        .filter(request -> request.key() != null && request.isHold() == ofHolds)
        .map(PurchaseRequest::key)
        .distinct()
        .toList();
  }
}
