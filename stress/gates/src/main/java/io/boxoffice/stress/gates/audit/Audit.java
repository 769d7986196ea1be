package io.boxoffice.stress.gates.audit;

import io.boxoffice.stress.gates.ledger.Entry;
import io.boxoffice.stress.gates.ledger.GateLedger;
import io.boxoffice.stress.gates.ledger.Kind;
import io.boxoffice.stress.gates.ledger.Result;
import io.boxoffice.stress.gates.ledger.Scan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Compares the ledgers of all gates with the shop's records. The attendance and the conflicts are
 * read first, because the repetition of the scans applies what the shop has lost.
 */
public final class Audit {
  private static final int MOST_IN_BATCH = 1_000;
  private static final int TICKETS_READ = 200;

  private final List<GateLedger> ledgers;
  private final ShopRecords shop;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Long> figures = new LinkedHashMap<>();
  private final Map<UUID, List<Entry>> byTicket = new LinkedHashMap<>();

  private Audit(List<GateLedger> ledgers, ShopRecords shop) {
    this.ledgers = ledgers;
    this.shop = shop;
  }

  /** Audits a run whose devices have ended. */
  public static Findings of(List<GateLedger> ledgers, ShopRecords shop) {
    return new Audit(ledgers, shop).run();
  }

  private Findings run() {
    for (GateLedger ledger : ledgers) {
      faults.addAll(ledger.faults());
      ledger.open().forEach(scan -> faults.add(scan.name() + " has no result"));
      ledger.entries().forEach(this::checkResult);
    }
    byTicket.forEach(this::checkTicket);
    figures.put("scans", entries());
    figures.put("tickets", (long) byTicket.size());
    Attendance before = shop.attendance();
    checkAttendance(before);
    ConflictCheck conflicts = new ConflictCheck(byTicket);
    faults.addAll(conflicts.faults(shop.conflicts()));
    figures.put("conflicts", conflicts.expectedCount());
    checkAdmissions();
    ledgers.forEach(this::repeat);
    if (!shop.attendance().equals(before)) {
      faults.add("The repetition of all scans has changed the attendance");
    }
    return new Findings(List.copyOf(faults), figures);
  }

  private long entries() {
    return ledgers.stream().mapToLong(ledger -> ledger.entries().size()).sum();
  }

  /** Compares one result with what was shown. */
  private void checkResult(Entry entry) {
    Scan scan = entry.scan();
    Result result = entry.result();
    Kind kind = scan.showing().kind();
    if (!result.isApplied()) {
      faults.add("%s is %s".formatted(scan.name(), result.text()));
      return;
    }
    String expected;
    boolean right;
    if (kind != Kind.VALID) {
      expected = "refused (%s)".formatted(kind.reason());
      right = result.text().equals(expected);
    } else if (scan.showing().outwards()) {
      expected = Result.LEFT;
      right = result.is(Result.LEFT);
    } else {
      expected = "admitted or refused (already-admitted)";
      right = result.is(Result.ADMITTED) || result.text().equals("refused (already-admitted)");
    }
    if (!right) {
      faults.add(
          "%s of a ticket of the kind %s is %s, and must be %s"
              .formatted(scan.name(), kind, result.text(), expected));
    }
    if (scan.showing().ticketId() != null) {
      byTicket.computeIfAbsent(scan.showing().ticketId(), id -> new ArrayList<>()).add(entry);
    }
  }

  /** Every valid ticket that was shown inwards is admitted by exactly one scan. */
  private void checkTicket(UUID ticket, List<Entry> entries) {
    long admitted = entries.stream().filter(entry -> entry.result().is(Result.ADMITTED)).count();
    boolean valid = entries.get(0).scan().showing().kind() == Kind.VALID;
    if (admitted > 1) {
      faults.add("ticket %s was admitted %d times".formatted(ticket, admitted));
    } else if (valid && admitted == 0) {
      faults.add("ticket %s is valid, and was not admitted".formatted(ticket));
    }
  }

  private void checkAttendance(Attendance attendance) {
    Counts sum = Counts.NONE;
    for (GateLedger ledger : ledgers) {
      Counts expected =
          new Counts(
              ledger.count(entry -> entry.result().is(Result.ADMITTED)),
              ledger.count(entry -> entry.result().is(Result.LEFT)),
              ledger.count(entry -> entry.result().is(Result.REFUSED)));
      sum = sum.plus(expected);
      compare(ledger.gate(), expected, attendance.gates().getOrDefault(ledger.gate(), Counts.NONE));
    }
    compare("the concert", sum, attendance.total());
    if (attendance.inside() != sum.admitted() - sum.left()) {
      faults.add(
          "The shop counts %,d persons inside, and the ledgers %,d"
              .formatted(attendance.inside(), sum.admitted() - sum.left()));
    }
    figures.put("admitted", sum.admitted());
    figures.put("left", sum.left());
    figures.put("refused", sum.refused());
  }

  private void compare(String what, Counts ledger, Counts counted) {
    if (!ledger.equals(counted)) {
      faults.add(
          "The attendance of %s is %s, and the ledger has %s"
              .formatted(what, counted.text(), ledger.text()));
    }
  }

  /** Reads some tickets, spread over the run. */
  private void checkAdmissions() {
    List<UUID> tickets = List.copyOf(byTicket.keySet());
    int step = Math.max(1, tickets.size() / TICKETS_READ);
    long read = 0;
    for (int i = 0; i < tickets.size(); i += step) {
      List<Entry> entries = byTicket.get(tickets.get(i));
      if (entries.get(0).scan().showing().kind() != Kind.OTHER_CONCERT) {
        Optional<Boolean> expected = expectedInside(entries);
        Optional<Boolean> found = shop.inside(tickets.get(i));
        read++;
        if (!found.equals(expected)) {
          faults.add(
              "ticket %s is %s, and must be %s by the ledgers"
                  .formatted(tickets.get(i), place(found), place(expected)));
        }
      }
    }
    figures.put("ticketsRead", read);
  }

  private static Optional<Boolean> expectedInside(List<Entry> entries) {
    if (entries.stream().noneMatch(entry -> entry.result().is(Result.ADMITTED))) {
      return Optional.empty();
    }
    return Optional.of(entries.stream().noneMatch(entry -> entry.result().is(Result.LEFT)));
  }

  private static String place(Optional<Boolean> inside) {
    return inside.map(in -> in ? "inside" : "outside again").orElse("never admitted");
  }

  /** Sends every scan of a gate again: the shop must have applied each, with the same result. */
  private void repeat(GateLedger ledger) {
    List<Entry> entries = ledger.entries();
    for (int from = 0; from < entries.size(); from += MOST_IN_BATCH) {
      List<Entry> part = entries.subList(from, Math.min(entries.size(), from + MOST_IN_BATCH));
      List<Result> results = shop.repeat(part.stream().map(Entry::scan).toList());
      for (int i = 0; i < part.size(); i++) {
        checkRepetition(part.get(i), results.get(i));
      }
    }
    figures.merge("scansRepeated", (long) entries.size(), Long::sum);
  }

  private void checkRepetition(Entry entry, Result repetition) {
    if (entry.result().isApplied()
        && (!repetition.repeated() || !repetition.agreesWith(entry.result()))) {
      faults.add(
          "%s was %s, and is %s%s when it is sent again"
              .formatted(
                  entry.scan().name(),
                  entry.result().text(),
                  repetition.text(),
                  repetition.repeated() ? "" : ", as if it was never applied,"));
    }
  }
}
