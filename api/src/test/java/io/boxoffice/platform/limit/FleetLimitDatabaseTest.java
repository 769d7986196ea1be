package io.boxoffice.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.TestDatabase;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Counts in PostgreSQL. */
class FleetLimitDatabaseTest extends FleetLimitContract {
  private static Jdbi jdbi;

  @BeforeAll
  static void connect() {
    TestDatabase database = TestDatabase.migrated();
    database.setLockTimeout("60s");
    jdbi = database.jdbi();
  }

  @Override
  FleetCounts counts() {
    return new DatabaseCounts(jdbi);
  }

  @Override
  void clear() {
    execute("DELETE FROM rate_limits");
  }

  /** Without the last answer, which is no count. */
  @Override
  List<String> stored() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT key || ' ' || whole_at FROM rate_limits")
                .mapTo(String.class)
                .list());
  }

  @Override
  void passHours(int hours) {
    execute("UPDATE rate_limits SET whole_at = whole_at - interval '%d hours'".formatted(hours));
  }

  private static int execute(String sql) {
    return jdbi.withHandle(handle -> handle.execute(sql));
  }

  @Test
  void theCleanUpDeletesRowsThatAreLikeAbsentOnesAndNoOthers() {
    execute(
        """
        INSERT INTO rate_limits
        SELECT gen_random_uuid(), now() + n * interval '1 hour', true
        FROM generate_series(-2500, 500) AS n WHERE n <> 0
        """);
    new CleanUp(jdbi).run();

    assertThat(stored()).hasSize(500);
  }

  @Test
  void theCleanUpWaitsForNoLock() {
    limit().take(CLIENT);
    limit().take("192.0.2.2");
    passHours(24);
    try (Handle user = jdbi.open()) {
      user.begin();
      user.execute("SELECT * FROM rate_limits LIMIT 1 FOR UPDATE");
      new CleanUp(jdbi).run();
      user.rollback();
    }
    assertThat(stored()).hasSize(1);
    new CleanUp(jdbi).run();
    assertThat(stored()).isEmpty();
  }

  @Test
  void theTableIsUnlogged() {
    assertThat(
            jdbi.<String, RuntimeException>withHandle(
                handle ->
                    handle
                        .createQuery(
                            "SELECT relpersistence FROM pg_class WHERE relname = 'rate_limits'")
                        .mapTo(String.class)
                        .one()))
        .isEqualTo("u");
  }
}
