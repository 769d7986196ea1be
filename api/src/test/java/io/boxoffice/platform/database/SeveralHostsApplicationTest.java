package io.boxoffice.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestCluster;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Runs the service with an address that names the primary and its standby. */
class SeveralHostsApplicationTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** A request waits 10 s at most for a server that is frozen, and then for a new session. */
  private static final Duration FAILOVER_LIMIT = Duration.ofSeconds(15);

  @Test
  void theServiceMigratesAndFollowsThePrimaryToTheOtherHost() throws Exception {
    followTo(TestCluster::stopPrimary, cluster -> {});
  }

  @Test
  void itAlsoFollowsWhenTheFirstHostAcceptsConnectionsAndAnswersNothing() throws Exception {
    followTo(cluster -> cluster.freezePrimary(true), cluster -> cluster.freezePrimary(false));
  }

  private static void followTo(Consumer<TestCluster> outage, Consumer<TestCluster> end)
      throws Exception {
    try (TestCluster cluster = TestCluster.start()) {
      TestDatabase both =
          new TestDatabase(
              cluster.bothUrl() + "?targetServerType=primary",
              cluster.primary().user(),
              cluster.primary().password());
      TestApplication application = TestApplication.on(both).with("migrateOnStart", "true").start();
      try {
        ApiClient client = application.client();
        String concert = client.createConcert(10, TestApplication.operator()).path("id").asText();
        assertThat(client.buy(concert, 1).status()).isEqualTo(201);
        cluster.awaitReplay();

        outage.accept(cluster);
        cluster.promote();
        long promoted = System.nanoTime();

        // The pool, and the sessions outside it: the follower of the simulation and the relay.
        Eventually.within(LIMIT, () -> client.buy(concert, 1).status() == 201);
        assertThat(Duration.ofNanos(System.nanoTime() - promoted)).isLessThan(FAILOVER_LIMIT);
        application.awaitReady();
        Eventually.within(
            LIMIT,
            () ->
                client
                        .send(
                            "PUT",
                            "/v1/simulation",
                            "{\"activeProfile\":\"realistic\"}",
                            TestApplication.operator())
                        .status()
                    == 200);
        Eventually.within(LIMIT, () -> undelivered(cluster.standby()) == 0);
        assertThat(client.get("/v1/concerts/" + concert).body().path("available").asInt())
            .isEqualTo(8);
      } finally {
        end.accept(cluster);
        application.stop();
      }
    }
  }

  private static int undelivered(TestDatabase database) {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM outbox").mapTo(Integer.class).one());
  }
}
