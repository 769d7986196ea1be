package io.boxoffice.stress.gates.audit;

import io.boxoffice.stress.gates.ledger.Entry;
import io.boxoffice.stress.gates.ledger.Kind;
import io.boxoffice.stress.gates.ledger.Result;
import io.boxoffice.stress.gates.ledger.Scan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Compares the shop's list of conflicts with the persons that have passed by the ledgers. Of the
 * scans by which persons passed with one ticket, one is admitted; each other one is a conflict with
 * it.
 */
final class ConflictCheck {
  private final Map<UUID, Expected> expected = new HashMap<>();

  /** A conflict that must be listed; the other scan is null for a ticket that nothing admitted. */
  private record Expected(Scan scan, String reason, UUID other) {}

  /**
   * Finds the conflicts.
   *
   * @param byTicket all scans of each ticket
   */
  ConflictCheck(Map<UUID, List<Entry>> byTicket) {
    byTicket.values().forEach(this::expect);
  }

  private void expect(List<Entry> entries) {
    UUID admitted =
        entries.stream()
            .filter(entry -> entry.result().is(Result.ADMITTED))
            .map(entry -> entry.scan().scanId())
            .findFirst()
            .orElse(null);
    for (Entry entry : entries) {
      Scan scan = entry.scan();
      if (entry.passedInwards() && !scan.scanId().equals(admitted)) {
        Kind kind = scan.showing().kind();
        String reason = kind == Kind.VALID ? "already-admitted" : kind.reason();
        expected.put(scan.scanId(), new Expected(scan, reason, admitted));
      }
    }
  }

  /** How many conflicts there must be. */
  long expectedCount() {
    return expected.size();
  }

  /** What is wrong in the shop's list. */
  List<String> faults(List<Conflict> listed) {
    List<String> faults = new ArrayList<>();
    Set<UUID> found = new HashSet<>();
    for (Conflict conflict : listed) {
      Expected one = expected.get(conflict.scan());
      if (!found.add(conflict.scan())) {
        faults.add("The conflict of the scan %s is listed twice".formatted(conflict.scan()));
      } else if (one == null) {
        faults.add(
            "The shop lists a conflict (%s) of the scan %s, which has none"
                .formatted(conflict.reason(), conflict.scan()));
      } else {
        compare(one, conflict, faults);
      }
    }
    expected.forEach(
        (scan, one) -> {
          if (!found.contains(scan)) {
            faults.add(
                "The conflict (%s) of %s is not listed".formatted(one.reason(), one.scan().name()));
          }
        });
    return faults;
  }

  private static void compare(Expected expected, Conflict listed, List<String> faults) {
    Conflict right =
        new Conflict(
            expected.scan().showing().ticketId(),
            expected.reason(),
            expected.scan().scanId(),
            expected.other());
    if (!right.equals(listed)) {
      faults.add(
          "The conflict of %s is listed as %s, and must be %s"
              .formatted(expected.scan().name(), listed, right));
    }
  }
}
