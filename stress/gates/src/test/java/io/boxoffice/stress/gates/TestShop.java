package io.boxoffice.stress.gates;

import io.boxoffice.stress.gates.audit.Attendance;
import io.boxoffice.stress.gates.audit.Conflict;
import io.boxoffice.stress.gates.audit.Counts;
import io.boxoffice.stress.gates.audit.ShopRecords;
import io.boxoffice.stress.gates.device.ScanLine;
import io.boxoffice.stress.gates.ledger.Kind;
import io.boxoffice.stress.gates.ledger.Result;
import io.boxoffice.stress.gates.ledger.Scan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A shop in memory with at most one fault. It knows by the kind of a showing what a ticket is. */
public final class TestShop implements ScanLine, ShopRecords {
  private final Fault fault;
  private final Map<UUID, Result> results = new LinkedHashMap<>();
  private final Map<UUID, UUID> lastScan = new HashMap<>();
  private final Map<UUID, Boolean> inside = new HashMap<>();
  private final Map<String, Counts> counts = new HashMap<>();
  private final List<Conflict> conflicts = new ArrayList<>();
  private int applied;
  private int faults;

  /** What the shop does wrong, once, from its tenth scan on. */
  public enum Fault {
    NONE,
    ADMITS_TWICE,
    ADMITS_A_FORGED_CODE,
    REFUSES_A_VALID_TICKET,
    LOSES_A_SCAN,
    CHANGES_A_RESULT,
    COUNTS_TOO_MUCH,
    COUNTS_AT_ANOTHER_GATE,
    HIDES_A_CONFLICT,
    LISTS_A_CONFLICT_TWICE,
    NAMES_NO_OTHER_SCAN,
    INVENTS_A_CONFLICT,
    SHOWS_A_PERSON_OUTSIDE,
    APPLIES_A_REPETITION
  }

  /** A shop with a fault. */
  public TestShop(Fault fault) {
    this.fault = fault;
  }

  /** Whether the fault has happened. */
  public boolean wasWrong() {
    return faults > 0;
  }

  private boolean isTime(Fault which) {
    if (fault != which || applied < 10 || faults > 0) {
      return false;
    }
    faults++;
    return true;
  }

  @Override
  public synchronized List<Result> send(List<Scan> scans, Instant deviceTime) {
    return scans.stream().map(this::apply).toList();
  }

  @Override
  public List<Result> repeat(List<Scan> scans) {
    return send(scans, Instant.now());
  }

  private Result apply(Scan scan) {
    Result before = results.get(scan.scanId());
    if (before != null) {
      if (before.is(Result.ADMITTED) && isTime(Fault.APPLIES_A_REPETITION)) {
        count(scan, before);
      }
      return before.is(Result.ADMITTED) && isTime(Fault.CHANGES_A_RESULT)
          ? new Result(Result.REFUSED, "already-admitted", true)
          : new Result(before.result(), before.reason(), true);
    }
    applied++;
    Result result = decide(scan);
    if (isTime(Fault.LOSES_A_SCAN)) {
      return result;
    }
    results.put(scan.scanId(), result);
    count(scan, result);
    if (scan.offline() && !scan.showing().outwards() && result.is(Result.REFUSED)) {
      note(scan, result);
    }
    if (!result.is(Result.REFUSED)) {
      lastScan.put(scan.showing().ticketId(), scan.scanId());
      inside.put(scan.showing().ticketId(), result.is(Result.ADMITTED));
    }
    return result;
  }

  private Result decide(Scan scan) {
    UUID ticket = scan.showing().ticketId();
    Kind kind = scan.showing().kind();
    if (kind != Kind.VALID) {
      return kind == Kind.FORGED && isTime(Fault.ADMITS_A_FORGED_CODE)
          ? new Result(Result.ADMITTED, null, false)
          : new Result(Result.REFUSED, kind.reason(), false);
    }
    if (scan.showing().outwards()) {
      return new Result(Result.LEFT, null, false);
    }
    if (inside.containsKey(ticket)
        ? !isTime(Fault.ADMITS_TWICE)
        : isTime(Fault.REFUSES_A_VALID_TICKET)) {
      return new Result(Result.REFUSED, "already-admitted", false);
    }
    return new Result(Result.ADMITTED, null, false);
  }

  private void count(Scan scan, Result result) {
    Counts one =
        new Counts(
            result.is(Result.ADMITTED) ? isTime(Fault.COUNTS_TOO_MUCH) ? 2 : 1 : 0,
            result.is(Result.LEFT) ? 1 : 0,
            result.is(Result.REFUSED) ? 1 : 0);
    String gate = isTime(Fault.COUNTS_AT_ANOTHER_GATE) ? "gate-99" : scan.gate();
    counts.merge(gate, one, TestShop::sum);
  }

  private static Counts sum(Counts one, Counts other) {
    return new Counts(
        one.admitted() + other.admitted(),
        one.left() + other.left(),
        one.refused() + other.refused());
  }

  private void note(Scan scan, Result result) {
    UUID ticket = scan.showing().ticketId();
    Conflict conflict = new Conflict(ticket, result.reason(), scan.scanId(), lastScan.get(ticket));
    if (isTime(Fault.HIDES_A_CONFLICT)) {
      return;
    }
    if (conflict.other() != null && isTime(Fault.NAMES_NO_OTHER_SCAN)) {
      conflict = new Conflict(ticket, result.reason(), scan.scanId(), null);
    }
    conflicts.add(conflict);
    if (isTime(Fault.LISTS_A_CONFLICT_TWICE)) {
      conflicts.add(conflict);
    }
  }

  @Override
  public Attendance attendance() {
    Counts total = counts.values().stream().reduce(new Counts(0, 0, 0), TestShop::sum);
    return new Attendance(total.admitted() - total.left(), total, Map.copyOf(counts));
  }

  @Override
  public List<Conflict> conflicts() {
    List<Conflict> listed = new ArrayList<>(conflicts);
    if (isTime(Fault.INVENTS_A_CONFLICT)) {
      UUID scan = results.keySet().iterator().next();
      listed.add(new Conflict(UUID.randomUUID(), "already-admitted", scan, null));
    }
    return listed;
  }

  @Override
  public Optional<Boolean> inside(UUID ticketId) {
    Optional<Boolean> found = Optional.ofNullable(inside.get(ticketId));
    return found.isPresent() && found.get() && isTime(Fault.SHOWS_A_PERSON_OUTSIDE)
        ? Optional.of(false)
        : found;
  }
}
