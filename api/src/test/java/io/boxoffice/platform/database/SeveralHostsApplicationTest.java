package io.boxoffice.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestCluster;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Runs the service with an address that names the primary and its standby. */
class SeveralHostsApplicationTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void theServiceMigratesAndFollowsThePrimaryToTheOtherHost() throws Exception {
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

        cluster.stopPrimary();
        cluster.promote();

        // The pool, and the sessions outside it: the follower of the simulation and the relay.
        Eventually.within(LIMIT, () -> client.buy(concert, 1).status() == 201);
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
