package io.boxoffice.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lets two replicas expire the same holds at the same time, with and without guards. */
class ExpiryRaceDatabaseTest {
  private static final int ROUNDS = 12;

  private final TestDatabase database = TestDatabase.migrated();
  private final Orders orders = new Orders(database);

  private void sweepTwice(Map<String, String> replacements) throws Exception {
    new OrderRace(database, new ScriptedPartner(), replacements)
        .run(
            (replica, id) -> orders.age(id, Duration.ofHours(1)),
            (replica, id) -> replica.sweeper.run(),
            (replica, id) -> replica.sweeper.run(),
            ROUNDS);
  }

  @Test
  void twoReplicasSweepOneHoldOnce() throws Exception {
    sweepTwice(Map.of());
    assertThat(database.stockInvariantViolations()).isZero();
    int expiries =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("SELECT count(*) FROM order_changes WHERE event = 'EXPIRE'")
                        .mapTo(Integer.class)
                        .one());
    assertThat(expiries).isEqualTo(ROUNDS);
  }

  /** Without the leader, the lock of the rows still lets each hold expire once. */
  @Test
  void withoutTheLeaderTheRowLocksStillExpireOnce() throws Exception {
    sweepTwice(Map.of("pg_try_advisory_xact_lock(?)", "(? > 0)"));
    assertThat(database.stockInvariantViolations()).isZero();
  }

  @Test
  void withoutLeaderAndLocksTheStockReturnsTwice() throws Exception {
    Map<String, String> unguarded =
        Map.of(
            "pg_try_advisory_xact_lock(?)",
            "(? > 0)",
            "ORDER BY id FOR NO KEY UPDATE",
            "ORDER BY id",
            "ORDER BY id FOR UPDATE\n), expired AS (",
            "ORDER BY id\n), pause AS (SELECT pg_sleep(0.2)), expired AS (",
            "FROM due WHERE o.concert_id = due.concert_id AND o.id = due.id\n    AND o.state IN ('HELD', 'PAYING')",
            "FROM due, pause WHERE o.concert_id = due.concert_id AND o.id = due.id");
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute("ALTER TABLE ticket_types DROP CONSTRAINT ticket_types_stock"));
    sweepTwice(unguarded);
    assertThat(database.stockInvariantViolations()).isPositive();
  }
}
