package io.boxoffice.gate.store;

import io.boxoffice.gate.state.Admissions;
import io.boxoffice.gate.state.EntryWindow;
import io.boxoffice.gate.state.Outcome;
import io.boxoffice.gate.state.Presence;
import io.boxoffice.gate.state.Reason;
import io.boxoffice.gate.state.Scan;
import io.boxoffice.gate.state.TicketFacts;
import io.boxoffice.gate.state.Verdict;
import io.boxoffice.gate.store.AdmissionDao.AdmissionRow;
import io.boxoffice.gate.store.AdmissionDao.TicketRow;
import io.boxoffice.gate.store.SeriesDao.GateFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Decides the scans of a batch with their tickets locked, and writes what they do. */
final class Decisions {
  private final Handle handle;
  private final Map<String, GateFacts> gates;
  private final Instant now;
  private final Map<UUID, TicketRow> tickets = new HashMap<>();
  private final Map<UUID, Last> lasts = new HashMap<>();
  private final Map<UUID, Change> changes = new LinkedHashMap<>();
  private final List<Decided> decided = new ArrayList<>();

  private record Last(UUID scan, String gate, Instant at) {}

  private record Decided(Scan scan, UUID concertId, Verdict verdict, Last before) {}

  /** What a batch adds to the admission of a ticket; the first scan is null without an entry. */
  private record Change(UUID ticketId, int entries, int exits, Last first, Last last) {

    Change plus(Outcome outcome, Last scan) {
      boolean entry = outcome == Outcome.ADMITTED;
      return new Change(
          ticketId,
          entries + (entry ? 1 : 0),
          exits + (entry ? 0 : 1),
          entry && first == null ? scan : first,
          scan);
    }
  }

  Decisions(Handle handle, Map<String, GateFacts> gates, Instant now) {
    this.handle = handle;
    this.gates = gates;
    this.now = now;
  }

  /** Locks the tickets, decides in the given order, and writes scans and admissions. */
  List<Verdict> decide(List<Scan> scans) {
    if (scans.isEmpty()) {
      return List.of();
    }
    Admissions admissions = new Admissions(lock(scans));
    for (Scan scan : scans) {
      GateFacts gate = gates.get(scan.series().gate());
      Verdict verdict = admissions.decide(scan, facts(scan, gate), window(gate));
      Last before = scan.ticketId() == null ? null : lasts.get(scan.ticketId());
      decided.add(new Decided(scan, gate.concertId(), verdict, before));
      if (verdict.outcome() != Outcome.REFUSED) {
        note(scan, verdict);
      }
    }
    write();
    return decided.stream().map(Decided::verdict).toList();
  }

  private void note(Scan scan, Verdict verdict) {
    Last last = new Last(scan.scanId(), scan.series().gate(), scan.judgedAt());
    lasts.put(scan.ticketId(), last);
    changes.put(
        scan.ticketId(),
        changes
            .getOrDefault(scan.ticketId(), new Change(scan.ticketId(), 0, 0, null, null))
            .plus(verdict.outcome(), last));
  }

  private Map<UUID, Presence> lock(List<Scan> scans) {
    UUID[] wanted =
        scans.stream()
            .filter(scan -> scan.fault() == null)
            .map(Scan::ticketId)
            .filter(Objects::nonNull)
            .distinct()
            .toArray(UUID[]::new);
    Map<UUID, Presence> presences = new HashMap<>();
    if (wanted.length == 0) {
      return presences;
    }
    AdmissionDao dao = handle.attach(AdmissionDao.class);
    dao.shareTickets(wanted).forEach(ticket -> tickets.put(ticket.id(), ticket));
    if (tickets.isEmpty()) {
      return presences;
    }
    Columns<TicketRow> rows = new Columns<>(tickets.values());
    dao.create(rows.uuids(TicketRow::id), rows.uuids(TicketRow::concertId));
    for (AdmissionRow row : dao.lock(rows.uuids(TicketRow::id))) {
      presences.put(row.ticketId(), new Presence(row.entries(), row.exits()));
      if (row.lastScan() != null) {
        lasts.put(row.ticketId(), new Last(row.lastScan(), row.lastGate(), row.lastAt()));
      }
    }
    return presences;
  }

  private Optional<TicketFacts> facts(Scan scan, GateFacts gate) {
    return Optional.ofNullable(scan.ticketId())
        .map(tickets::get)
        .map(
            ticket ->
                new TicketFacts(
                    ticket.concertId().equals(gate.concertId()),
                    ticket.cancelled() || gate.cancelled()));
  }

  /** Without a concert no ticket is for it, so the window decides nothing. */
  private static EntryWindow window(GateFacts gate) {
    if (gate.opensAt() != null) {
      return new EntryWindow(gate.opensAt(), gate.closesAt(), gate.reEntry());
    }
    return EntryWindow.usual(gate.startsAt() == null ? Instant.EPOCH : gate.startsAt());
  }

  private void write() {
    Columns<Decided> rows = new Columns<>(decided);
    handle
        .attach(ScanDao.class)
        .insert(
            rows.texts(row -> row.scan().series().gate()),
            rows.longs(row -> row.scan().series().number()),
            rows.longs(row -> row.scan().sequence()),
            rows.uuids(row -> row.scan().scanId()),
            rows.uuids(row -> row.scan().ticketId()),
            rows.texts(row -> row.scan().direction().text()),
            rows.texts(row -> row.scan().mode().text()),
            rows.times(row -> row.scan().scannedAt()),
            rows.times(row -> row.scan().judgedAt()),
            rows.texts(row -> row.verdict().outcome().text()),
            rows.texts(row -> text(row.verdict().reason())),
            rows.uuids(Decided::concertId),
            now);
    if (!changes.isEmpty()) {
      writeChanges(changes.values());
    }
  }

  private void writeChanges(Collection<Change> changed) {
    Columns<Change> rows = new Columns<>(changed);
    handle
        .attach(AdmissionDao.class)
        .add(
            rows.uuids(Change::ticketId),
            rows.integers(Change::entries),
            rows.integers(Change::exits),
            rows.uuids(row -> row.first() == null ? null : row.first().scan()),
            rows.times(row -> row.first() == null ? null : row.first().at()),
            rows.uuids(row -> row.last().scan()),
            rows.texts(row -> row.last().gate()),
            rows.times(row -> row.last().at()));
  }

  /**
   * Writes the conflicts among the decisions.
   *
   * @param ids makes an id for each
   * @return how many there are
   */
  int writeConflicts(Function<Integer, UUID[]> ids) {
    List<Decided> conflicts =
        decided.stream()
            .filter(row -> row.verdict().conflictsWith(row.scan()))
            .collect(Collectors.toList());
    if (conflicts.isEmpty()) {
      return 0;
    }
    Columns<Decided> rows = new Columns<>(conflicts);
    handle
        .attach(ScanConflictDao.class)
        .insert(
            ids.apply(conflicts.size()),
            rows.uuids(Decided::concertId),
            rows.uuids(row -> row.scan().ticketId()),
            rows.texts(row -> row.verdict().reason().text()),
            rows.uuids(row -> row.scan().scanId()),
            rows.texts(row -> row.scan().series().gate()),
            rows.longs(row -> row.scan().series().number()),
            rows.longs(row -> row.scan().sequence()),
            rows.times(row -> row.scan().scannedAt()),
            rows.times(row -> row.scan().judgedAt()),
            rows.uuids(row -> row.before() == null ? null : row.before().scan()),
            rows.texts(row -> row.before() == null ? null : row.before().gate()),
            rows.times(row -> row.before() == null ? null : row.before().at()),
            now);
    return conflicts.size();
  }

  private static String text(Reason reason) {
    return reason == null ? null : reason.text();
  }
}
