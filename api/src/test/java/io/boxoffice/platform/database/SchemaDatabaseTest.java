package io.boxoffice.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.platform.StartupException;
import io.boxoffice.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaDatabaseTest {
  private static final String DROP_FUNCTIONS =
      """
      DO $$
      DECLARE
        routine regprocedure;
      BEGIN
        FOR routine IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace LOOP
          EXECUTE 'DROP FUNCTION ' || routine || ' CASCADE';
        END LOOP;
      END $$
      """;

  @Test
  void replicasThatStartTogetherMigrateOnce() throws Exception {
    TestDatabase database = TestDatabase.empty();
    ExecutorService replicas = Executors.newFixedThreadPool(4);
    try {
      List<? extends Future<?>> starts =
          IntStream.range(0, 4)
              .mapToObj(
                  i ->
                      replicas.submit(() -> Schema.migrate(database.settings().forSchemaChanges())))
              .toList();
      for (Future<?> start : starts) {
        start.get();
      }
    } finally {
      replicas.shutdown();
    }
    assertThat(count(database, "SELECT count(*) - count(DISTINCT id) FROM databasechangelog"))
        .isZero();
    assertThatCode(() -> Schema.requireCurrent(database.settings().forSchemaChanges()))
        .doesNotThrowAnyException();
  }

  @Test
  void theLockOfAKilledMigrationDoesNotBlockTheNextMigration() {
    TestDatabase database = TestDatabase.migrated();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE databasechangeloglock SET locked = true, lockgranted = now()"));
    database.jdbi().useHandle(handle -> handle.execute("DELETE FROM databasechangelog"));
    database.jdbi().useHandle(handle -> handle.execute(DROP_FUNCTIONS));
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "DROP TABLE gates, concert_entry, gate_series, parked_scans, admissions, scan_conflicts, scans, attendance_minutes, site, site_heartbeats, home_moves, conflicts, concert_changes, page_views, reports, outbox, deliveries, consumers, dead_letters, inbox, ledger_comparison, ledger_differences, key_erasures, concert_cancellations, order_changes, payments, orders, tickets, purchases, ticket_types, concerts,"
                        + " simulation_settings, simulation_changes, rate_limits, mails,"
                        + " account_codes, address_changes, identities, identity_sign_ins, sessions,"
                        + " accounts, signing_keys, ticket_keys, failed_attempts, second_factors,"
                        + " recovery_codes, read_heartbeats"));

    Schema.migrate(database.settings().forSchemaChanges());

    assertThat(count(database, "SELECT count(*) FROM concerts")).isZero();
  }

  @Test
  void anOldSchemaIsRejectedWithTheCommandToRun() {
    DatabaseSettings empty = TestDatabase.empty().settings();
    assertThatThrownBy(() -> Schema.requireCurrent(empty.forSchemaChanges()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("MIGRATE_ON_START")
        .hasMessageContaining("db migrate");
  }

  @Test
  void theErrorForAnUnreachableDatabaseNamesTheSettings() {
    DatabaseSettings unreachable = TestDatabase.migrated().settings();
    unreachable.setUrl("jdbc:postgresql://127.0.0.1:1/none");
    assertThatThrownBy(() -> Schema.migrate(unreachable.forSchemaChanges()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("DATABASE_URL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "available = -1",
        "available = capacity + 1",
        "capacity = 0",
        "price_amount = -1",
        "price_currency = 'eur'",
        "name = ''",
      })
  void theDatabaseRejectsInvalidStock(String assignment) {
    Jdbi jdbi = withOneConcert();
    assertThatThrownBy(
            () -> jdbi.useHandle(handle -> handle.execute("UPDATE ticket_types SET " + assignment)))
        .hasMessageContaining("check constraint");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sales_open_at = starts_at",
        "sales_close_at = starts_at + interval '1 second'",
        "sales_close_at = sales_open_at",
        "max_per_purchase = 0",
      })
  void theDatabaseRejectsInvalidConcerts(String assignment) {
    Jdbi jdbi = withOneConcert();
    assertThatThrownBy(
            () -> jdbi.useHandle(handle -> handle.execute("UPDATE concerts SET " + assignment)))
        .hasMessageContaining("check constraint");
  }

  private static Jdbi withOneConcert() {
    Jdbi jdbi = TestDatabase.migrated().jdbi();
    jdbi.useHandle(
        handle ->
            handle
                .createScript(
                    """
                    INSERT INTO concerts (id, title, artist, venue, starts_at, sales_open_at,
                                          max_per_purchase, created_at)
                    VALUES ('00000000-0000-7000-8000-000000000001', 't', 'a', 'v',
                            '2040-01-01Z', '2030-01-01Z', 10, now());
                    INSERT INTO ticket_types (id, concert_id, position, name, price_amount,
                                              price_currency, capacity, available)
                    VALUES ('00000000-0000-7000-8000-000000000002',
                            '00000000-0000-7000-8000-000000000001', 0, 'Standing', 1, 'EUR', 5, 5);
                    """)
                .execute());
    return jdbi;
  }

  private static int count(TestDatabase database, String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }
}
