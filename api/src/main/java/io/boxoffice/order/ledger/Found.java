package io.boxoffice.order.ledger;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what a run finds, without repetitions and up to a limit. */
final class Found {
  private final Map<List<Object>, Difference> differences = new LinkedHashMap<>();

  /** Adds a difference, unless there are too many already. */
  void add(Difference difference) {
    if (!isFull()) {
      differences.putIfAbsent(key(difference), difference);
    }
  }

  /** Whether there may be more differences than were collected. */
  boolean isFull() {
    return differences.size() >= StoredDifferences.MOST;
  }

  boolean contains(LedgerDao.Row row) {
    return differences.containsKey(key(row));
  }

  Collection<Difference> all() {
    return differences.values();
  }

  /** Equal for the same difference, found or stored. */
  static List<Object> key(Difference difference) {
    return List.of(difference.orderId(), difference.kind(), difference.chargeId());
  }

  static List<Object> key(LedgerDao.Row row) {
    return List.of(row.orderId(), row.kind(), row.chargeId());
  }
}
