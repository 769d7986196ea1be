package io.boxoffice.gate.store;

import io.boxoffice.gate.state.EntryWindow;
import io.boxoffice.platform.metrics.PeriodicGauges;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Reads and writes what operators set and see of gates. */
public final class GateStore {
  /** How long a time the comparison of scans and attendance looks back. */
  private static final Duration COMPARED = Duration.ofHours(3);

  private final Jdbi jdbi;
  private final Clock clock;

  /** Uses the given database. */
  public GateStore(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** Creates a gate, or gives it another concert. */
  public GateRow putGate(String name, UUID concertId) {
    return jdbi.inTransaction(
        handle -> {
          GateDao dao = handle.attach(GateDao.class);
          dao.put(name, concertId, now());
          return dao.find(name).orElseThrow();
        });
  }

  /** Reads a gate. */
  public Optional<GateRow> gate(String name) {
    return jdbi.withExtension(GateDao.class, dao -> dao.find(name));
  }

  /**
   * Reads gates in the order of their names.
   *
   * @param after the last name of the page before, or null
   */
  public List<GateRow> gates(String after, int limit) {
    return jdbi.withExtension(GateDao.class, dao -> dao.list(after == null ? "" : after, limit));
  }

  /** Reads when a concert lets people in; empty if there is no such concert. */
  public Optional<EntryWindow> entry(UUID concertId) {
    return jdbi.withExtension(GateDao.class, dao -> dao.findEntry(concertId))
        .map(GateStore::window);
  }

  private static EntryWindow window(EntryRow row) {
    return row.opensAt() == null
        ? EntryWindow.usual(row.startsAt())
        : new EntryWindow(row.opensAt(), row.closesAt(), row.reEntry());
  }

  /** Sets when a concert lets people in; empty, and nothing is set, if there is no such concert. */
  public Optional<EntryWindow> putEntry(UUID concertId, EntryWindow window) {
    return jdbi.inTransaction(
        handle -> {
          GateDao dao = handle.attach(GateDao.class);
          if (dao.findEntry(concertId).isEmpty()) {
            return Optional.empty();
          }
          dao.putEntry(concertId, window.opensAt(), window.closesAt(), window.reEntry(), now());
          return Optional.of(window);
        });
  }

  /**
   * Counts the scans of a concert, all of one moment.
   *
   * @param minutes how many of the last minutes with scans are counted
   */
  public AttendanceCounts attendance(UUID concertId, int minutes) {
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          AttendanceDao dao = handle.attach(AttendanceDao.class);
          return new AttendanceCounts(dao.byGate(concertId), dao.byMinute(concertId, minutes));
        });
  }

  /**
   * Reads conflicts in the order in which they were noted.
   *
   * @param after the last id of the page before, or null
   */
  public List<ConflictRow> conflicts(UUID after, int limit) {
    return jdbi.withExtension(ScanConflictDao.class, dao -> dao.list(after, limit));
  }

  /** Adds the gauges that need a query. */
  public void addTo(PeriodicGauges gauges) {
    gauges.add(
        "gate.parked",
        () ->
            jdbi.withExtension(SeriesDao.class, dao -> dao.countParked(PeriodicGauges.MOST_ROWS)));
    gauges.add(
        "gate.parked.oldest", () -> jdbi.withExtension(SeriesDao.class, SeriesDao::oldestParked));
    gauges.add(
        "gate.conflicts.recent",
        () ->
            jdbi.withExtension(
                ScanConflictDao.class, dao -> dao.countOfLastDay(PeriodicGauges.MOST_ROWS)));
    gauges.add(
        "gate.attendance.differences",
        () -> jdbi.withExtension(AttendanceDao.class, dao -> dao.countDifferences(COMPARED)));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
