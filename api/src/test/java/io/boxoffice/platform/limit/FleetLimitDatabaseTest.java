package io.boxoffice.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.platform.limit.Policy.Scope;
import io.boxoffice.testing.TestDatabase;
import io.dropwizard.util.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetLimitDatabaseTest {
  private static final String CLIENT = "192.0.2.1";
  private static final Policy POLICY = TestPolicies.of("test", 5, Duration.hours(20), Scope.FLEET);

  private static Jdbi jdbi;

  private final FleetLimit limit = new FleetLimit(POLICY, jdbi);

  @BeforeAll
  static void connect() {
    TestDatabase database = TestDatabase.migrated();
    database.setLockTimeout("5s");
    jdbi = database.jdbi();
  }

  @BeforeEach
  void begin() {
    execute("DELETE FROM rate_limits");
  }

  private static int execute(String sql) {
    return jdbi.withHandle(handle -> handle.execute(sql));
  }

  private static List<String> rows() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT CAST(l AS text) FROM rate_limits l")
                .mapTo(String.class)
                .list());
  }

  /** Moves the time at which the quota is whole, as if so much time had passed. */
  private static void pass(String interval) {
    execute("UPDATE rate_limits SET whole_at = whole_at - interval '%s'".formatted(interval));
  }

  private static Standing use(FleetLimit limit, int times) {
    Standing last = null;
    for (int i = 0; i < times; i++) {
      last = limit.take(CLIENT);
    }
    return last;
  }

  @Test
  void aQuotaIsAcceptedAtOnceAndThenOneRequestForEachPeriod() {
    int period = 4 * 3600;
    for (int remaining = 4; remaining >= 0; remaining--) {
      Standing standing = limit.take(CLIENT);
      assertThat(standing.accepted()).isTrue();
      assertThat(standing.remaining()).isEqualTo(remaining);
      assertThat(standing.seconds()).isBetween(period - 120, period);
    }
    Standing refused = limit.take(CLIENT);
    assertThat(refused.accepted()).isFalse();
    assertThat(refused.remaining()).isZero();
    assertThat(refused.seconds()).isBetween(period - 120, period);

    pass("4 hours");
    Standing later = new FleetLimit(POLICY, jdbi).take(CLIENT);
    assertThat(later.accepted()).isTrue();
    assertThat(later.remaining()).isZero();

    pass("20 hours");
    assertThat(new FleetLimit(POLICY, jdbi).take(CLIENT).remaining()).isEqualTo(4);
  }

  @Test
  void aRefusedRequestDoesNotCount() {
    use(limit, 5);
    List<String> before = rows();
    for (int i = 0; i < 3; i++) {
      assertThat(new FleetLimit(POLICY, jdbi).take(CLIENT).accepted()).isFalse();
    }
    assertThat(rows()).hasSize(1);
    assertThat(rows().get(0).replace(",f)", ",t)")).isEqualTo(before.get(0));
  }

  @Test
  void aFloodCostsTheDatabaseNoStatementUntilItMayAcceptTheNextRequest() {
    assertThat(use(limit, 6).accepted()).isFalse();
    execute("DELETE FROM rate_limits");

    assertThat(limit.take(CLIENT).accepted()).isFalse();
    assertThat(rows()).isEmpty();
    assertThat(limit.take("192.0.2.2").accepted()).isTrue();
  }

  @Test
  void afterItsWaitARefusedClientIsAcceptedAgain() {
    FleetLimit fast =
        new FleetLimit(TestPolicies.of("fast", 1, Duration.seconds(1), Scope.FLEET), jdbi);
    assertThat(fast.take(CLIENT).accepted()).isTrue();
    io.boxoffice.testing.Eventually.within(
        java.time.Duration.ofSeconds(20), () -> fast.take(CLIENT).accepted());
  }

  @Test
  void policiesAndPartitionsDoNotShareAQuotaAndNoRowShowsAnAddress() {
    FleetLimit other =
        new FleetLimit(TestPolicies.of("other", 5, Duration.hours(20), Scope.FLEET), jdbi);
    use(limit, 6);

    assertThat(other.take(CLIENT).remaining()).isEqualTo(4);
    assertThat(limit.take("192.0.2.2").remaining()).isEqualTo(4);
    assertThat(rows()).hasSize(3).noneMatch(row -> row.contains("192.0"));
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

    assertThat(rows()).hasSize(500);
  }

  @Test
  void theCleanUpWaitsForNoLock() {
    limit.take(CLIENT);
    limit.take("192.0.2.2");
    pass("1 day");
    try (Handle user = jdbi.open()) {
      user.begin();
      user.execute("SELECT * FROM rate_limits LIMIT 1 FOR UPDATE");
      new CleanUp(jdbi).run();
      user.rollback();
    }
    assertThat(rows()).hasSize(1);
    new CleanUp(jdbi).run();
    assertThat(rows()).isEmpty();
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
