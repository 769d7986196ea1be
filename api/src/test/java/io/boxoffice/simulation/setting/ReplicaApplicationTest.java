package io.boxoffice.simulation.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.simulation.SimulationClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Tests the setting on several replicas, after a restart, without the database and at shutdown. */
class ReplicaApplicationTest {
  /** The longest time in which every replica must apply a change. */
  private static final Duration FOLLOWS_WITHIN = Duration.ofSeconds(2);

  @Test
  void everyReplicaAppliesAChangeWithinTwoSeconds() throws Exception {
    TestDatabase database = TestDatabase.migrated();
    try (Running one = Running.on(database);
        Running other = Running.on(database)) {
      one.put("regular");
      Eventually.within(FOLLOWS_WITHIN, () -> other.profile().equals("regular"));

      other.put("realistic");
      Eventually.within(FOLLOWS_WITHIN, () -> one.profile().equals("realistic"));
    }
  }

  @Test
  void replicaAppliesAChangeWithoutANotification() throws Exception {
    TestDatabase database = TestDatabase.migrated();
    try (Running one = Running.on(database)) {
      database
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "UPDATE simulation_settings SET version = 1,"
                          + " setting = '{\"activeProfile\": \"regular\"}'"));

      Eventually.within(FOLLOWS_WITHIN, () -> one.profile().equals("regular"));
    }
  }

  @Test
  void storedSettingOverridesTheEnvironmentAfterARestart() throws Exception {
    TestDatabase database = TestDatabase.migrated();
    try (Running before =
        new Running(TestApplication.on(database).with("simulation.profile", "regular"))) {
      assertThat(before.profile()).isEqualTo("regular");
      before.put("realistic");
    }
    try (Running after =
        new Running(TestApplication.on(database).with("simulation.profile", "regular"))) {
      assertThat(after.profile()).isEqualTo("realistic");
      assertThat(after.client().get().text("version")).isEqualTo("1");
    }
  }

  @Test
  void lastKnownSettingStaysInForceWithoutTheDatabase() throws Exception {
    TestDatabase database = TestDatabase.migrated();
    try (Running one = Running.on(database);
        Handle admin = TestDatabase.empty().jdbi().open()) {
      one.client().follow("\"denial\": {\"percent\": 100}");
      String name = database.url().replaceFirst("^.*/([^/?]+).*$", "$1");
      admin.execute("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(name));
      admin.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ?", name);

      Answer denied = one.client().api().buy("0190a1b2-0000-7000-8000-000000000000", 1);
      assertThat(denied.text("code")).isEqualTo("simulated-denial");
      assertThat(one.client().get().status()).isEqualTo(200);
      assertThat(one.client().put("{}").status()).isEqualTo(503);

      admin.execute("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(name));
      Eventually.within(Duration.ofSeconds(10), () -> one.client().put("{}").status() == 200);
      database
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      "UPDATE simulation_settings SET version = version + 1,"
                          + " setting = '{\"activeProfile\": \"regular\"}'"));
      Eventually.within(Duration.ofSeconds(5), () -> one.profile().equals("regular"));
    }
  }

  @Test
  void settingOfANewerReleaseIsIgnoredAndCanBeReplaced() throws Exception {
    TestDatabase database = TestDatabase.migrated();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE simulation_settings SET version = 7, setting = '{\"weather\": 1}'"));
    try (Running one = Running.on(database)) {
      assertThat(one.profile()).isEqualTo("off");
      one.put("regular");
      assertThat(one.client().get().text("version")).isEqualTo("8");
    }
  }

  @Test
  void shutdownAnswersDelayedRequestsWithinTheGracePeriod() throws Exception {
    Running one = new Running(TestApplication.shipped());
    CompletableFuture<Answer> waiting;
    try (one) {
      String concert = one.client().concert();
      one.client()
          .follow("\"delay\": {\"distribution\": {\"type\": \"fixed\", \"value\": \"29s\"}}");
      waiting =
          one.client()
              .api()
              .sendAsync("POST", "/v1/concerts/" + concert + "/purchases", Bodies.purchase(1));
      one.client().awaitMetric("simulation_active_delays 1.0");
    }

    assertThat(waiting.join().status()).isEqualTo(201);
  }

  /** A started service that stops at the end of its try block. */
  private record Running(TestApplication application) implements AutoCloseable {
    Running {
      try {
        application.start();
      } catch (Exception cause) {
        throw new IllegalStateException(cause);
      }
    }

    static Running on(TestDatabase database) {
      return new Running(TestApplication.on(database));
    }

    SimulationClient client() {
      return new SimulationClient(application);
    }

    void put(String profile) {
      Answer answer = client().put("{\"activeProfile\": \"%s\"}".formatted(profile));
      assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    }

    String profile() {
      return client().get().text("activeProfile");
    }

    @Override
    public void close() {
      application.stop();
    }
  }
}
