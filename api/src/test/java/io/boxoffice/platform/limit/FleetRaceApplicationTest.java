package io.boxoffice.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Lists;
import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.RewrittenSql;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Sends requests of one client to two replicas at the same time. Negative controls: the same
 * requests pass the quota when each replica counts alone, or when the statement reads the row
 * before it locks it.
 */
class FleetRaceApplicationTest {
  private static final int QUOTA = 5;

  /** Fewer for each replica than it has threads and connections. */
  private static final int REQUESTS = 16;

  private static final String FLEET = "fleet";

  /** Reads the row as it was when the statement began, without its lock. */
  private static final Map<String, String> READ_WITHOUT_LOCK =
      Map.of(
          "greatest(known.whole_at, now)",
          "greatest((SELECT old.whole_at FROM rate_limits old WHERE old.key = known.key), now)");

  @Test
  void twoReplicasAcceptExactlyTheQuota() throws Exception {
    assertThat(acceptedAtOnce(FLEET)).isEqualTo(QUOTA);
  }

  @Test
  void twoReplicasAcceptExactlyTheQuotaInRedis() throws Exception {
    TestDatabase database = TestDatabase.migrated();
    try (TestRedis redis = TestRedis.running();
        Replicas replicas = Replicas.start(database, FLEET, BoxOfficeApplication::new, redis)) {
      assertThat(accepted(replicas.send(REQUESTS))).isEqualTo(QUOTA);
      assertThat(
              database
                  .jdbi()
                  .<Integer, RuntimeException>withHandle(
                      handle ->
                          handle
                              .createQuery("SELECT count(*) FROM rate_limits")
                              .mapTo(Integer.class)
                              .one()))
          .isZero();
    }
  }

  @Test
  void replicasThatCountAloneAcceptTheQuotaTwice() throws Exception {
    assertThat(acceptedAtOnce("replica")).isEqualTo(2 * QUOTA);
  }

  @Test
  void requestsThatWaitForTheSameRowAreCountedOneByOne() throws Exception {
    assertThat(acceptedWhileTheRowIsLocked(BoxOfficeApplication::new)).isEqualTo(QUOTA - 1);
  }

  @Test
  void withoutTheLockTheSameRequestsPassTheQuota() throws Exception {
    assertThat(acceptedWhileTheRowIsLocked(() -> new RewrittenSql(READ_WITHOUT_LOCK)))
        .isGreaterThan(QUOTA - 1);
  }

  @AfterEach
  void noSettingIsLeftForOtherTests() {
    assertThat(System.getProperties().stringPropertyNames())
        .noneMatch(name -> name.startsWith("dw."));
  }

  private static long acceptedAtOnce(String scope) throws Exception {
    TestDatabase database = TestDatabase.migrated();
    try (Replicas replicas = Replicas.start(database, scope, BoxOfficeApplication::new)) {
      return accepted(replicas.send(REQUESTS));
    }
  }

  /** Sends one request, locks its row, sends the others, and frees them when all of them wait. */
  private static long acceptedWhileTheRowIsLocked(Supplier<BoxOfficeApplication> service)
      throws Exception {
    TestDatabase database = TestDatabase.migrated();
    try (Replicas replicas = Replicas.start(database, FLEET, service);
        Handle other = database.jdbi().open()) {
      assertThat(accepted(replicas.send(1))).isEqualTo(1);
      other.begin();
      other.execute("SELECT * FROM rate_limits FOR UPDATE");
      List<CompletableFuture<Answer>> waiting = replicas.send(REQUESTS);
      database.awaitLockWaiters(REQUESTS);
      other.rollback();
      return accepted(waiting);
    }
  }

  private static long accepted(List<CompletableFuture<Answer>> answers) {
    List<Integer> statuses =
        answers.stream().map(CompletableFuture::join).map(Answer::status).toList();
    assertThat(statuses).isSubsetOf(200, 429);
    return statuses.stream().filter(status -> status == 200).count();
  }

  private record Replicas(List<TestApplication> all) implements AutoCloseable {

    static Replicas start(
        TestDatabase database, String scope, Supplier<BoxOfficeApplication> service)
        throws Exception {
      return start(database, scope, service, "");
    }

    static Replicas start(
        TestDatabase database,
        String scope,
        Supplier<BoxOfficeApplication> service,
        TestRedis redis)
        throws Exception {
      Replicas replicas = start(database, scope, service, redis.url());
      for (TestApplication each : replicas.all()) {
        Eventually.within(
            Duration.ofSeconds(60), () -> TestRedis.isInUse(each.environment().metrics()));
      }
      return replicas;
    }

    private static Replicas start(
        TestDatabase database,
        String scope,
        Supplier<BoxOfficeApplication> service,
        String redisUrl)
        throws Exception {
      List<TestApplication> all = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        all.add(
            TestApplication.on(database, service.get())
                .with(
                    "rateLimits",
                    """
                    [{"name": "race", "quota": %d, "window": "1d", "route": "/v1/concerts", "scope": "%s"}]
                    """
                        .formatted(QUOTA, scope))
                .with("redis.url", redisUrl)
                .with("redis.timeout", "2s")
                // On a slow machine the requests wait longer than the two seconds of config.yml.
                .with("database.properties.options", "-c lock_timeout=60s")
                .start());
      }
      return new Replicas(all);
    }

    /** Sends requests to the replicas in turn. */
    List<CompletableFuture<Answer>> send(int count) {
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ApiClient api = all.get(i % all.size()).client();
        answers.add(api.sendAsync("GET", "/v1/concerts", null));
      }
      return answers;
    }

    /** The last one stops first: each restores the settings that it found at its start. */
    @Override
    public void close() {
      Lists.reverse(all).forEach(TestApplication::stop);
    }
  }
}
