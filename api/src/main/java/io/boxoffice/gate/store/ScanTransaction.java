package io.boxoffice.gate.store;

import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.gate.state.DeviceMode;
import io.boxoffice.gate.state.Direction;
import io.boxoffice.gate.state.ItemProblem;
import io.boxoffice.gate.state.Outcome;
import io.boxoffice.gate.state.Reason;
import io.boxoffice.gate.state.Scan;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.gate.state.Series;
import io.boxoffice.gate.state.SeriesOrder;
import io.boxoffice.gate.state.Verdict;
import io.boxoffice.gate.store.OrderedBatch.Position;
import io.boxoffice.gate.store.OrderedBatch.Stored;
import io.boxoffice.gate.store.SeriesDao.GateFacts;
import io.boxoffice.gate.store.SeriesDao.ParkedRow;
import io.boxoffice.gate.store.SeriesDao.SeriesRow;
import io.boxoffice.platform.database.SqlState;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Applies a batch of scans in one transaction: in the order of each series, and each scan once. The
 * locks are taken in one order (series, purchases, admissions), so that batches and cancellations
 * cannot block each other for ever.
 */
public final class ScanTransaction {
  /** The most scans of a batch, so that a transaction is short. */
  public static final int MOST_SCANS = 1_000;

  private final Jdbi jdbi;
  private final Clock clock;
  private final NoArgGenerator ids;

  /**
   * Applies to the given database.
   *
   * @param ids makes ids of conflicts, in the order of time
   */
  public ScanTransaction(Jdbi jdbi, Clock clock, NoArgGenerator ids) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Applies scans. If the database refuses a value of one of them, the others are applied.
   *
   * @param scans at most {@link #MOST_SCANS}
   * @throws JdbiException when the database fails; what was applied before has the same result when
   *     the batch is repeated
   */
  public AppliedBatch apply(List<Scan> scans) {
    try {
      return inOneTransaction(scans);
    } catch (JdbiException failure) {
      if (!SqlState.of(failure).isOfData()) {
        throw failure;
      }
      return scans.size() == 1 ? rejected(scans.get(0)) : inTwoHalves(scans);
    }
  }

  private AppliedBatch inTwoHalves(List<Scan> scans) {
    int half = scans.size() / 2;
    AppliedBatch first = apply(scans.subList(0, half));
    AppliedBatch second = apply(scans.subList(half, scans.size()));
    return new AppliedBatch(
        Stream.concat(first.results().stream(), second.results().stream()).toList(),
        Stream.concat(first.verdicts().stream(), second.verdicts().stream()).toList(),
        first.conflicts() + second.conflicts());
  }

  private static AppliedBatch rejected(Scan scan) {
    return new AppliedBatch(
        List.of(
            ScanResult.invalid(
                scan.scanId(), ItemProblem.REJECTED, "The database refuses a value of the scan.")),
        List.of(),
        0);
  }

  private AppliedBatch inOneTransaction(List<Scan> scans) {
    List<Series> series = scans.stream().map(Scan::series).distinct().sorted().toList();
    Optional<AppliedBatch> applied =
        jdbi.inTransaction(handle -> apply(handle, scans, series, false));
    if (applied.isPresent()) {
      return applied.get();
    }
    // Before the locks of the batch, because two batches may begin series of each other's gates.
    jdbi.useTransaction(
        handle -> handle.attach(SeriesDao.class).begin(gates(series), numbers(series), now()));
    return jdbi.inTransaction(handle -> apply(handle, scans, series, true)).orElseThrow();
  }

  /** Returns empty, and has done nothing, if a series is missing that may have to begin. */
  private Optional<AppliedBatch> apply(
      Handle handle, List<Scan> scans, List<Series> series, boolean begun) {
    SeriesDao dao = handle.attach(SeriesDao.class);
    List<SeriesRow> rows = dao.lock(gates(series), numbers(series));
    if (rows.size() < series.size() && !begun) {
      return Optional.empty();
    }
    Instant now = now();
    Map<String, GateFacts> facts = facts(dao, series);
    OrderedBatch batch = order(dao, facts, rows);
    scans.forEach(batch::add);
    return Optional.of(finish(handle, batch, facts, now));
  }

  /**
   * Gives up the scans that are missing before the first one of a series that waits, and applies
   * what follows.
   *
   * @return what was applied; empty if there is no such series
   */
  public Optional<AppliedBatch> skip(Series series) {
    return jdbi.inTransaction(
        handle -> {
          SeriesDao dao = handle.attach(SeriesDao.class);
          return dao.lockOne(series.gate(), series.number())
              .map(
                  row -> {
                    Map<String, GateFacts> facts = facts(dao, List.of(series));
                    OrderedBatch batch = order(dao, facts, List.of(row));
                    batch.skip(series);
                    return finish(handle, batch, facts, now());
                  });
        });
  }

  private static Map<String, GateFacts> facts(SeriesDao dao, List<Series> series) {
    return dao.gates(series.stream().map(Series::gate).distinct().toArray(String[]::new)).stream()
        .collect(Collectors.toMap(GateFacts::name, Function.identity()));
  }

  private static OrderedBatch order(
      SeriesDao dao, Map<String, GateFacts> facts, List<SeriesRow> rows) {
    List<Series> gaps =
        rows.stream()
            .filter(row -> row.parked() > 0)
            .map(row -> new Series(row.gate(), row.series()))
            .toList();
    Map<Position, Scan> parked = new HashMap<>();
    Map<Series, Map<Long, UUID>> bySeries = new HashMap<>();
    if (!gaps.isEmpty()) {
      for (ParkedRow row : dao.parked(gates(gaps), numbers(gaps))) {
        Scan scan = scan(row);
        parked.put(Position.of(scan), scan);
        bySeries
            .computeIfAbsent(scan.series(), found -> new HashMap<>())
            .put(scan.sequence(), scan.scanId());
      }
    }
    Map<Series, SeriesOrder> orders = new HashMap<>();
    for (SeriesRow row : rows) {
      Series series = new Series(row.gate(), row.series());
      orders.put(
          series, new SeriesOrder(row.lastSequence(), bySeries.getOrDefault(series, Map.of())));
    }
    return new OrderedBatch(facts, orders, parked);
  }

  private static Scan scan(ParkedRow row) {
    return new Scan(
        row.scanId(),
        new Series(row.gate(), row.series()),
        row.sequence(),
        row.ticketId(),
        row.fault() == null ? null : Reason.of(row.fault()),
        Direction.of(row.direction()),
        DeviceMode.of(row.mode()),
        row.scannedAt(),
        row.judgedAt());
  }

  private AppliedBatch finish(
      Handle handle, OrderedBatch batch, Map<String, GateFacts> facts, Instant now) {
    Decisions decisions = new Decisions(handle, facts, now);
    List<Verdict> verdicts = decisions.decide(batch.toApply());
    int conflicts = decisions.writeConflicts(this::newIds);
    writeSeries(handle.attach(SeriesDao.class), batch, now);
    return new AppliedBatch(
        batch.results(verdicts, stored(handle, batch.passed())), verdicts, conflicts);
  }

  private static void writeSeries(SeriesDao dao, OrderedBatch batch, Instant now) {
    List<Position> unparked = batch.unparked();
    if (!unparked.isEmpty()) {
      Columns<Position> rows = new Columns<>(unparked);
      dao.unpark(
          rows.texts(row -> row.series().gate()),
          rows.longs(row -> row.series().number()),
          rows.longs(Position::sequence));
    }
    List<Scan> parked = batch.newlyParked();
    if (!parked.isEmpty()) {
      park(dao, parked, now);
    }
    if (batch.toApply().isEmpty() && parked.isEmpty()) {
      return; // No series has changed.
    }
    Columns<Map.Entry<Series, SeriesOrder>> rows = new Columns<>(batch.orders().entrySet());
    dao.advance(
        rows.texts(row -> row.getKey().gate()),
        rows.longs(row -> row.getKey().number()),
        rows.longs(row -> row.getValue().last()),
        rows.integers(row -> row.getValue().waiting()),
        now);
  }

  private static void park(SeriesDao dao, Collection<Scan> parked, Instant now) {
    Columns<Scan> rows = new Columns<>(parked);
    dao.park(
        rows.texts(row -> row.series().gate()),
        rows.longs(row -> row.series().number()),
        rows.longs(Scan::sequence),
        rows.uuids(Scan::scanId),
        rows.uuids(Scan::ticketId),
        rows.texts(row -> row.fault() == null ? null : row.fault().text()),
        rows.texts(row -> row.direction().text()),
        rows.texts(row -> row.mode().text()),
        rows.times(Scan::scannedAt),
        rows.times(Scan::judgedAt),
        now);
  }

  private static Map<Position, Stored> stored(Handle handle, List<Position> positions) {
    Map<Position, Stored> stored = new HashMap<>();
    if (positions.isEmpty()) {
      return stored;
    }
    Columns<Position> rows = new Columns<>(positions);
    for (ScanDao.StoredRow row :
        handle
            .attach(ScanDao.class)
            .find(
                rows.texts(position -> position.series().gate()),
                rows.longs(position -> position.series().number()),
                rows.longs(Position::sequence))) {
      stored.put(
          new Position(new Series(row.gate(), row.series()), row.sequence()),
          new Stored(
              row.scanId(),
              new Verdict(
                  Outcome.of(row.outcome()),
                  row.reason() == null ? null : Reason.of(row.reason()))));
    }
    return stored;
  }

  private UUID[] newIds(int count) {
    List<UUID> made = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      made.add(ids.generate());
    }
    return made.toArray(UUID[]::new);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static String[] gates(List<Series> series) {
    return series.stream().map(Series::gate).toArray(String[]::new);
  }

  private static Long[] numbers(List<Series> series) {
    return series.stream().map(Series::number).toArray(Long[]::new);
  }
}
