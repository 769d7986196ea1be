package io.boxoffice.gate.store;

import static io.boxoffice.gate.store.Hall.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what the database itself guards, and the days of scans. */
@Timeout(120)
class GateSchemaDatabaseTest {
  private final Hall hall = new Hall();
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  private void admitOne() {
    hall.transaction()
        .apply(List.of(scan("north", 1, hall.ticket()), scan("north", 2, UUID.randomUUID())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE admissions SET entries = entries + 1",
        "UPDATE admissions SET exits = exits + 2",
        "UPDATE admissions SET first_scan = gen_random_uuid()",
        "UPDATE admissions SET first_scan = NULL",
        "UPDATE admissions SET entries = 0, first_scan = NULL, first_admitted_at = NULL",
        "UPDATE gate_series SET last_sequence = 1",
        "UPDATE gate_series SET parked = 1001",
        "UPDATE scans SET reason = 'unknown' WHERE outcome = 'admitted'",
        "UPDATE scans SET judged_at = applied_at + interval '1 second'",
        "UPDATE purchases SET status = 'CANCELLED', cancelled_at = now()",
        "INSERT INTO gates VALUES ('North', gen_random_uuid(), now())",
        "INSERT INTO concert_entry VALUES (gen_random_uuid(), now(), now(), false, now())",
      })
  void theDatabaseRefuses(String statement) {
    admitOne();
    assertThatThrownBy(() -> hall.jdbi().useHandle(handle -> handle.execute(statement)))
        .hasMessageMatching(
            "(?s).*(violates check constraint|only goes up|does not change|was admitted).*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM scans WHERE outcome = 'refused'",
        "UPDATE attendance_minutes SET admitted_count = admitted_count + 1",
        "DELETE FROM attendance_minutes",
      })
  void theCheckFindsADifference(String damage) {
    admitOne();
    assertThat(differences()).isZero();
    hall.jdbi().useHandle(handle -> handle.execute(damage));
    assertThat(differences()).isEqualTo(1);
  }

  private long differences() {
    return hall.jdbi()
        .withExtension(AttendanceDao.class, dao -> dao.countDifferences(Duration.ofHours(1)));
  }

  private int createDays(LocalDate last) {
    return hall.jdbi().withExtension(ScanDao.class, dao -> dao.createDays(last));
  }

  private List<String> days() {
    return hall.texts(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'scans'::regclass"
            + " AND inhrelid <> 'scans_of_other_days'::regclass ORDER BY 1");
  }

  @Test
  void aScanOfADayWithoutPartitionIsKeptAndMovesToItsDay() {
    admitOne();
    assertThat(hall.number("SELECT count(*) FROM scans_of_other_days")).isEqualTo(2);
    assertThat(createDays(today.plusDays(3))).isEqualTo(4);
    assertThat(hall.number("SELECT count(*) FROM scans_of_other_days")).isZero();
    assertThat(hall.number("SELECT count(*) FROM scans")).isEqualTo(2);
    hall.transaction().apply(List.of(scan("south", 1, hall.ticket())));
    assertThat(hall.number("SELECT count(*) FROM " + days().get(0))).isEqualTo(3);
    assertThat(differences()).isZero();
  }

  @Test
  void replicasThatCreateDaysTogetherCreateEachOnce() {
    List<CompletableFuture<Integer>> replicas =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> createDays(today.plusDays(5))))
            .toList();
    assertThat(replicas.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(6);
    assertThat(createDays(today.plusDays(5))).isZero();
    assertThat(days()).hasSize(6);
  }

  @Test
  void nobodyCreatesDaysWithoutEnd() {
    createDays(today.plusYears(100));
    assertThat(days()).hasSize(32);
  }

  @Test
  void onlyOldDaysAreDroppedOneAtATime() {
    createDays(today.plusDays(1));
    hall.jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "CREATE TABLE scans_20200101 PARTITION OF scans"
                        + " FOR VALUES FROM ('2020-01-01Z') TO ('2020-01-02Z')"));
    ScanRetention retention =
        new ScanRetention(hall.jdbi(), Clock.systemUTC(), Duration.ofDays(30));
    retention.run();
    assertThat(days()).doesNotContain("scans_20200101").hasSizeGreaterThan(7);
  }

  @Test
  void retentionDeletesOldRowsOfTheOtherTables() {
    admitOne();
    Instant old = Instant.now().minus(Duration.ofDays(500));
    hall.jdbi()
        .useHandle(
            handle -> {
              handle.execute("UPDATE attendance_minutes SET minute = ?", old);
              handle.execute(
                  "INSERT INTO scan_conflicts (id, noted_at, concert_id, reason, scan_id, gate,"
                      + " series, sequence, judged_at) VALUES (gen_random_uuid(), ?,"
                      + " gen_random_uuid(), 'unknown', gen_random_uuid(), 'north', 1, 1, now())",
                  old);
              handle.execute("INSERT INTO gate_series VALUES ('north', 2, 0, 0, ?)", old);
              handle.execute("UPDATE gate_series SET changed_at = ?", old);
            });
    new ScanRetention(hall.jdbi(), Clock.systemUTC(), Duration.ofDays(30)).run();
    assertThat(hall.texts("SELECT series FROM gate_series")).containsExactly("2");
    assertThat(hall.number("SELECT count(*) FROM attendance_minutes")).isZero();
    assertThat(hall.number("SELECT count(*) FROM scan_conflicts")).isZero();
  }

  /** The role of the replicas owns no table. */
  @Test
  void aRoleWithoutTheTablesMayKeepTheDays() {
    String role = "gate_test_" + UUID.randomUUID().toString().replace('-', '_');
    hall.jdbi()
        .useHandle(
            handle -> {
              handle.execute("CREATE ROLE " + role);
              handle.execute("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO " + role);
              handle.execute("SET ROLE " + role);
              assertThat(
                      handle
                          .createQuery("SELECT create_scan_days(current_date + 1)")
                          .mapTo(int.class)
                          .one())
                  .isPositive();
              assertThatThrownBy(() -> handle.execute("DROP TABLE scans_of_other_days"))
                  .hasMessageContaining("must be owner");
              handle.execute("RESET ROLE");
              handle.execute("DROP OWNED BY " + role);
              handle.execute("DROP ROLE " + role);
            });
  }
}
