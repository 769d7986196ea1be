package io.boxoffice.gate.store;

import static io.boxoffice.gate.store.Hall.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.gate.state.DeviceMode;
import io.boxoffice.gate.state.Direction;
import io.boxoffice.gate.state.ItemProblem;
import io.boxoffice.gate.state.Outcome;
import io.boxoffice.gate.state.Reason;
import io.boxoffice.gate.state.Scan;
import io.boxoffice.gate.state.ScanResult;
import io.boxoffice.gate.state.Series;
import io.boxoffice.gate.state.SeriesOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks what a batch of scans does, in which order, and that it does it once. */
@Timeout(120)
class ScanTransactionDatabaseTest {
  private final Hall hall = new Hall();
  private final ScanTransaction transaction = hall.transaction();

  private List<ScanResult> apply(Scan... scans) {
    return transaction.apply(List.of(scans)).results();
  }

  private ScanResult one(Scan scan) {
    return apply(scan).get(0);
  }

  private static Outcome outcome(ScanResult result) {
    return result.verdict() == null ? null : result.verdict().outcome();
  }

  private static Reason reason(ScanResult result) {
    return result.verdict() == null ? null : result.verdict().reason();
  }

  private long applied() {
    return hall.number("SELECT count(*) FROM scans");
  }

  /** Counts the minutes whose counts differ from the scans. */
  private long differences() {
    return hall.jdbi()
        .withExtension(
            AttendanceDao.class, dao -> dao.countDifferences(java.time.Duration.ofHours(1)));
  }

  @Test
  void aTicketIsAdmittedOnceAtWhicheverGate() {
    UUID ticket = hall.ticket();
    List<ScanResult> results =
        apply(scan("north", 1, ticket), scan("north", 2, ticket), scan("south", 1, ticket));
    assertThat(results)
        .extracting(ScanTransactionDatabaseTest::outcome)
        .containsExactly(Outcome.ADMITTED, Outcome.REFUSED, Outcome.REFUSED);
    assertThat(reason(results.get(2))).isEqualTo(Reason.ALREADY_ADMITTED);
    assertThat(hall.texts("SELECT entries || ' ' || exits FROM admissions")).containsExactly("1 0");
    assertThat(applied()).isEqualTo(3);
    assertThat(differences()).isZero();
  }

  @Test
  void theReasonsOfTheDatabase() {
    UUID cancelled = hall.ticket();
    hall.cancel(cancelled);
    hall.gate("east", hall.concert());
    assertThat(reason(one(scan("north", 1, UUID.randomUUID())))).isEqualTo(Reason.UNKNOWN);
    assertThat(reason(one(scan("north", 2, cancelled)))).isEqualTo(Reason.CANCELLED);
    assertThat(reason(one(scan("east", 1, hall.ticket())))).isEqualTo(Reason.WRONG_CONCERT);
    UUID early = hall.ticket();
    setEntry("now() + interval '1 hour'", "now() + interval '2 hours'");
    assertThat(reason(one(scan("north", 3, early)))).isEqualTo(Reason.TOO_EARLY);
    setEntry("now() - interval '2 hours'", "now() - interval '1 hour'");
    assertThat(reason(one(scan("north", 4, early)))).isEqualTo(Reason.TOO_LATE);
    setEntry("now() - interval '2 hours'", "now() + interval '1 hour'");
    hall.jdbi().useHandle(handle -> handle.execute("UPDATE concerts SET cancelled_at = now()"));
    assertThat(reason(one(scan("north", 5, early)))).isEqualTo(Reason.CANCELLED);
    assertThat(hall.number("SELECT count(*) FROM admissions WHERE entries > 0")).isZero();
  }

  private void setEntry(String opens, String closes) {
    hall.jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO concert_entry VALUES (?, "
                        + opens
                        + ", "
                        + closes
                        + ", false, now()) ON CONFLICT (concert_id) DO UPDATE SET opens_at ="
                        + " excluded.opens_at, closes_at = excluded.closes_at",
                    hall.concertId()));
  }

  @Test
  void aRepeatedBatchHasTheSameResultsAndDoesNothing() {
    UUID ticket = hall.ticket();
    Scan[] batch = {
      scan("north", 1, ticket), scan("north", 2, ticket), scan("north", 3, UUID.randomUUID())
    };
    List<ScanResult> first = apply(batch);
    List<ScanResult> second = apply(batch);
    assertThat(second).extracting(ScanResult::verdict).isEqualTo(verdicts(first));
    assertThat(second).allMatch(ScanResult::repeated);
    assertThat(first).noneMatch(ScanResult::repeated);
    assertThat(applied()).isEqualTo(3);
    assertThat(hall.number("SELECT sum(admitted_count + refused_count) FROM attendance_minutes"))
        .isEqualTo(3);
  }

  private static List<?> verdicts(List<ScanResult> results) {
    return results.stream().map(ScanResult::verdict).toList();
  }

  @Test
  void aRepetitionWithinABatchIsOneScan() {
    Scan scan = scan("north", 1, hall.ticket());
    List<ScanResult> results = apply(scan, scan);
    assertThat(results)
        .extracting(ScanTransactionDatabaseTest::outcome)
        .containsExactly(Outcome.ADMITTED, Outcome.ADMITTED);
    assertThat(results).extracting(ScanResult::repeated).containsExactly(false, true);
    assertThat(applied()).isEqualTo(1);
  }

  @Test
  void anotherScanAtAUsedPositionIsInvalid() {
    one(scan("north", 1, hall.ticket()));
    assertThat(one(scan("north", 1, hall.ticket())).problem()).isEqualTo(ItemProblem.SEQUENCE_USED);
    assertThat(applied()).isEqualTo(1);
  }

  @Test
  void scansWaitForAMissingOneAndAreAppliedWithIt() {
    List<UUID> tickets = hall.tickets(4);
    Scan second = scan("north", 2, tickets.get(1));
    assertThat(apply(second, scan("north", 3, tickets.get(2))))
        .extracting(ScanResult::expected)
        .containsExactly(1L, 1L);
    assertThat(one(second).expected()).isEqualTo(1);
    assertThat(applied()).isZero();
    assertThat(hall.number("SELECT parked FROM gate_series")).isEqualTo(2);
    assertThat(outcome(one(scan("north", 1, tickets.get(0))))).isEqualTo(Outcome.ADMITTED);
    assertThat(applied()).isEqualTo(3);
    assertThat(hall.number("SELECT parked + (SELECT count(*) FROM parked_scans) FROM gate_series"))
        .isZero();
    assertThat(one(second))
        .matches(ScanResult::repeated)
        .extracting(ScanTransactionDatabaseTest::outcome)
        .isEqualTo(Outcome.ADMITTED);
    assertThat(differences()).isZero();
  }

  @Test
  void anUnorderedBatchIsAppliedInOrder() {
    UUID ticket = hall.ticket();
    List<ScanResult> results =
        apply(scan("north", 3, ticket), scan("north", 2, ticket), scan("north", 1, ticket));
    assertThat(results)
        .extracting(ScanTransactionDatabaseTest::outcome)
        .containsExactly(Outcome.REFUSED, Outcome.REFUSED, Outcome.ADMITTED);
    assertThat(hall.texts("SELECT sequence FROM scans ORDER BY ctid"))
        .containsExactly("1", "2", "3");
    assertThat(hall.number("SELECT count(*) FROM parked_scans")).isZero();
  }

  @Test
  void whatWaitsIsBounded() {
    List<Scan> scans = new ArrayList<>();
    for (int i = 2; i <= SeriesOrder.MOST_PARKED + 1; i++) {
      scans.add(scan("north", i, UUID.randomUUID()));
    }
    transaction.apply(scans);
    assertThat(one(scan("north", 5_000, UUID.randomUUID())).problem())
        .isEqualTo(ItemProblem.TOO_MANY_PARKED);
    assertThat(hall.number("SELECT count(*) FROM parked_scans")).isEqualTo(SeriesOrder.MOST_PARKED);
  }

  @Test
  void anOperatorSkipsAMissingScan() {
    UUID ticket = hall.ticket();
    Scan late = scan("north", 2, ticket);
    apply(scan("north", 1, UUID.randomUUID()), scan("north", 3, ticket));
    assertThat(transaction.skip(new Series("north", 1)).orElseThrow().verdicts()).hasSize(1);
    assertThat(transaction.skip(new Series("north", 1)).orElseThrow().verdicts()).isEmpty();
    assertThat(transaction.skip(new Series("north", 2))).isEmpty();
    assertThat(one(late).problem()).isEqualTo(ItemProblem.POSITION_PASSED);
    assertThat(outcome(one(scan("north", 4, ticket)))).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void aDeviceThatLostItsCountStartsAGreaterSeries() {
    UUID ticket = hall.ticket();
    one(inSeries(1, ticket));
    assertThat(outcome(one(inSeries(1_900_000_000L, hall.ticket())))).isEqualTo(Outcome.ADMITTED);
    assertThat(one(inSeries(2, hall.ticket())).problem()).isEqualTo(ItemProblem.SERIES_TOO_LOW);
    // A scan of the series before may still arrive.
    assertThat(outcome(one(scan("north", 2, ticket)))).isEqualTo(Outcome.REFUSED);
    assertThat(one(scan("nowhere", 1, ticket)).problem()).isEqualTo(ItemProblem.UNKNOWN_GATE);
  }

  private static Scan inSeries(long series, UUID ticket) {
    return scan("north", series, 1, ticket, Direction.IN, DeviceMode.ONLINE);
  }

  @Test
  void anOfflineScanThatTheShopRefusesIsAConflictWithBothScans() {
    UUID ticket = hall.ticket();
    Scan first = scan("north", 1, ticket);
    Scan offline = scan("south", 1, 1, ticket, Direction.IN, DeviceMode.OFFLINE);
    one(first);
    AppliedBatch batch = transaction.apply(List.of(offline));
    assertThat(batch.conflicts()).isEqualTo(1);
    assertThat(reason(batch.results().get(0))).isEqualTo(Reason.ALREADY_ADMITTED);
    one(offline);
    ConflictRow conflict =
        hall.jdbi().withExtension(ScanConflictDao.class, dao -> dao.list(null, 10)).get(0);
    assertThat(conflict.scanId()).isEqualTo(offline.scanId());
    assertThat(conflict.otherScan()).isEqualTo(first.scanId());
    assertThat(conflict.otherGate()).isEqualTo("north");
    assertThat(conflict.reason()).isEqualTo("already-admitted");
    assertThat(hall.number("SELECT count(*) FROM scan_conflicts")).isEqualTo(1);
  }

  /** The time is no value of the database's type, which no check before it finds. */
  @Test
  void aPoisonScanInTheMiddleStopsNoOther() {
    List<Scan> batch = new ArrayList<>();
    for (UUID ticket : hall.tickets(20)) {
      batch.add(scan("north", batch.size() + 1, ticket));
    }
    Scan good = scan("south", 1, hall.ticket());
    Scan poison =
        new Scan(
            good.scanId(),
            good.series(),
            1,
            good.ticketId(),
            null,
            good.direction(),
            good.mode(),
            java.time.Instant.MAX,
            good.judgedAt());
    batch.add(10, poison);
    List<ScanResult> results = transaction.apply(batch).results();
    assertThat(results)
        .extracting(ScanResult::scanId)
        .isEqualTo(batch.stream().map(Scan::scanId).toList());
    assertThat(results.get(10).problem()).isEqualTo(ItemProblem.REJECTED);
    assertThat(results.stream().map(ScanTransactionDatabaseTest::outcome).filter(Objects::nonNull))
        .hasSize(20)
        .containsOnly(Outcome.ADMITTED);
    assertThat(differences()).isZero();
  }

  /** Scans in any order, in any batches, repeated: each is applied once. */
  @Test
  void randomDeliveriesApplyEachScanOnce() {
    Random random = new Random(7);
    List<UUID> tickets = hall.tickets(60);
    List<Scan> scans = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      for (String gate : List.of("north", "south")) {
        scans.add(scan(gate, i, tickets.get(random.nextInt(tickets.size()))));
      }
    }
    List<Scan> deliveries = new ArrayList<>(scans);
    deliveries.addAll(scans.subList(50, 150));
    Collections.shuffle(deliveries, random);
    for (int from = 0; from < deliveries.size(); from += 30) {
      transaction.apply(deliveries.subList(from, Math.min(from + 30, deliveries.size())));
    }
    assertThat(applied()).isEqualTo(200);
    assertThat(hall.number("SELECT count(DISTINCT (gate, series, sequence, scan_id)) FROM scans"))
        .isEqualTo(200);
    long used = scans.stream().map(Scan::ticketId).distinct().count();
    assertThat(hall.number("SELECT count(*) FROM scans WHERE outcome = 'admitted'"))
        .isEqualTo(used)
        .isEqualTo(hall.number("SELECT count(*) FROM admissions WHERE entries = 1"));
    assertThat(differences()).isZero();
  }
}
