package io.boxoffice.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.platform.database.ServerDao.Timeline;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestCluster;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Reads the figures of a primary with a standby, as the role of the replicas. */
class StandbyFiguresDatabaseTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void standbysAndTimelineAreThoseOfThePrimary() {
    try (TestCluster cluster = TestCluster.start()) {
      ServingRole role = new ServingRole("serving " + UUID.randomUUID(), "a password");
      role.grant(cluster.primary().settings());
      Jdbi primary = as(role, cluster.primary());
      Map<String, Integer> wanted =
          Map.of(
              "", 0,
              "*", 1,
              "a, b", 1,
              "ANY 1 (*)", 1,
              "FIRST 2 (a, b, c)", 2,
              "any 3(a, b, c)", 3,
              "2 (a, b)", 2);
      wanted.forEach(
          (names, number) -> {
            setSynchronous(cluster.primary(), names);
            Eventually.within(
                LIMIT,
                () ->
                    number.equals(
                        primary.withExtension(ServerDao.class, ServerDao::syncStandbysWanted)));
          });
      for (String names : new String[] {"*", "ANY 1 (*)"}) {
        setSynchronous(cluster.primary(), names);
        Eventually.within(LIMIT, () -> connected(primary) == 1);
      }
      setSynchronous(cluster.primary(), "");
      Eventually.within(LIMIT, () -> connected(primary) == 0);

      giveFunctionTo(role, cluster.primary());
      assertThat(primary.withExtension(ServerDao.class, ServerDao::syncStandbys)).isNull();

      Timeline before = primary.withExtension(ServerDao.class, ServerDao::timeline).orElseThrow();
      assertThat(before.number()).isEqualTo(1);
      assertThat(before.cluster()).matches("\\d{10,20}");
      cluster.awaitReplay();
      Jdbi standby = as(role, cluster.standby());
      assertThat(standby.withExtension(ServerDao.class, ServerDao::timeline)).isEmpty();
      assertThat(standby.withExtension(ServerDao.class, ServerDao::syncStandbys)).isNull();
      assertThat(standby.withExtension(ServerDao.class, ServerDao::syncStandbysWanted)).isNull();

      cluster.promote();
      assertThat(standby.withExtension(ServerDao.class, ServerDao::timeline))
          .contains(new Timeline(before.cluster(), 2));
    }
  }

  private static Jdbi as(ServingRole role, TestDatabase database) {
    return new TestDatabase(database.url(), role.user(), role.password()).jdbi();
  }

  /** As if a role without pg_monitor had migrated. */
  private static void giveFunctionTo(ServingRole role, TestDatabase primary) {
    primary
        .jdbi()
        .useHandle(
            handle ->
                handle.execute("ALTER FUNCTION sync_standbys() OWNER TO \"" + role.user() + "\""));
  }

  private static int connected(Jdbi primary) {
    return primary.withExtension(ServerDao.class, ServerDao::syncStandbys);
  }

  private static void setSynchronous(TestDatabase primary, String names) {
    primary
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("ALTER SYSTEM SET synchronous_standby_names = '" + names + "'");
              handle.execute("SELECT pg_reload_conf()");
            });
  }
}
