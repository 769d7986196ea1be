package io.boxoffice.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Maps;
import io.boxoffice.order.store.Happening;
import io.boxoffice.testing.Orders;
import io.boxoffice.testing.ScriptedPartner;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/**
 * Lets a hold expire exactly while its payment is between the decision and the write. It is a
 * negative control: the guards are removed, and a lock of the test takes the place of a pause.
 */
class ExpiryDuringPaymentDatabaseTest {
  private static final Map<String, String> PAUSED =
      Maps.transformValues(
          OrderRaceDatabaseTest.WITHOUT_GUARD,
          sql -> sql.replace("pg_sleep(0.2)", "pg_advisory_xact_lock(1)"));

  private final TestDatabase database = TestDatabase.migrated();
  private final Orders orders = new Orders(database);

  @Test
  void withoutTheGuardsAnExpiredHoldIsPaid() throws Exception {
    assertThat(PAUSED.toString()).contains("pg_advisory_xact_lock(1)");
    try (Handle lock = database.jdbi().open()) {
      lock.execute("SELECT pg_advisory_lock(1)");
      new OrderRace(database, new ScriptedPartner(), PAUSED)
          .run(
              (replica, id) -> {},
              (replica, id) -> replica.events.apply(id, Happening.pay("token")),
              (replica, id) -> expireMeanwhile(lock, replica, id),
              1);
    }
    assertThat(database.stockInvariantViolations()).isPositive();
  }

  private void expireMeanwhile(Handle lock, Replica replica, UUID id) {
    try {
      database.awaitLockWaiters(1);
      orders.age(id, Duration.ofHours(1));
      replica.sweeper.run();
    } finally {
      lock.execute("SELECT pg_advisory_unlock(1)");
    }
  }
}
