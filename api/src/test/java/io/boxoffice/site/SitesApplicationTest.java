package io.boxoffice.site;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs the service at two sites that replicate, and moves homes between them. */
class SitesApplicationTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final TwoSites SITES = TwoSites.open();
  private static final int PORT_A = freePort();
  private static final int PORT_B = freePort();
  private static final TestApplication A = service(SITES.a, SITES.b, PORT_A, PORT_B);
  private static final TestApplication B = service(SITES.b, SITES.a, PORT_B, PORT_A);

  private static TestApplication service(
      TwoSites.Site here, TwoSites.Site there, int port, int peerPort) {
    return TestApplication.on(here.database())
        .with("server.applicationConnectors[0].port", Integer.toString(port))
        .with("site.name", here.name())
        .with("site.peer", there.name())
        .with("site.peerUrl", "http://localhost:" + peerPort);
  }

  private static int freePort() {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    A.start();
    B.start();
  }

  @AfterAll
  static void stop() {
    B.stop();
    A.stop();
  }

  private static void awaitBought(ApiClient client, String concert) {
    Eventually.within(LIMIT, () -> client.buy(concert, 1).status() == 201);
  }

  private static int sold(TwoSites.Site site, String concert) {
    return site.count("SELECT count(*) FROM purchases WHERE concert_id = ?::uuid", concert);
  }

  @Test
  void aConcertMovesToTheOtherSiteAndBackAfterATakeOver() {
    String concert = A.client().createConcert(10, operator()).path("id").asText();
    String path = "/v1/concerts/" + concert;
    String toB = "{\"site\": \"%s\", \"reason\": \"maintenance\"}".formatted(SITES.b.name());
    Eventually.within(LIMIT, () -> B.client().get(path).status() == 200);

    // B passes the request on to A, the home.
    var moved = B.client().post(path + "/home", toB, operator());
    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.text("site")).isEqualTo(SITES.b.name());
    assertThat(moved.body().path("epoch").asInt()).isEqualTo(2);
    awaitBought(A.client(), concert);
    assertThat(sold(SITES.b, concert)).isEqualTo(1);
    assertThat(B.client().post(path + "/home", toB, operator()).body().path("epoch").asInt())
        .isEqualTo(2);

    var taken =
        A.client()
            .post(
                "/v1/sites/" + SITES.b.name() + "/take-over",
                "{\"reason\": \"no power\"}",
                operator());
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.body().path("moved").asInt()).isEqualTo(1);
    awaitBought(A.client(), concert);
    assertThat(sold(SITES.a, concert)).isEqualTo(2);

    Eventually.within(
        LIMIT,
        () ->
            A.client().post("/v1/sites/" + SITES.b.name() + "/rejoin", "", operator()).status()
                == 204);
    awaitBought(B.client(), concert);
    SITES.settle();
    assertThat(sold(SITES.b, concert)).isEqualTo(3);
    assertThat(SITES.b.database().stockInvariantViolations()).isZero();
    assertThat(A.client().get("/v1/conflicts", operator()).body().path("items")).isEmpty();
  }

  @Test
  void conflictsAreListed() {
    SITES.a.execute(
        "INSERT INTO conflicts (id, kind, site, lost)"
            + " VALUES ('01900000-0000-7000-8000-000000000009', 'account', 'b', '{\"a\": 1}')");
    try {
      var conflict = A.client().get("/v1/conflicts", operator()).body().at("/items/0");
      assertThat(conflict.path("kind").asText()).isEqualTo("account");
      assertThat(conflict.at("/lost/a").asInt()).isEqualTo(1);
      assertThat(conflict.path("concertId").isNull()).isTrue();
    } finally {
      SITES.a.execute("DELETE FROM conflicts");
    }
  }

  @Test
  void onlyTheTwoSitesHaveNames() {
    String concert = A.client().createConcert(1, operator()).path("id").asText();

    assertThat(
            A.client()
                .post("/v1/concerts/" + concert + "/home", "{\"site\": \"c\"}", operator())
                .status())
        .isEqualTo(422);
    assertThat(
            A.client()
                .post(
                    "/v1/sites/" + SITES.a.name() + "/take-over",
                    "{\"reason\": \"no power\"}",
                    operator())
                .status())
        .isEqualTo(404);
  }

  @Test
  void theMetricsShowTheHomesAndTheAgeOfReplication() {
    Eventually.within(
        LIMIT,
        () -> {
          String metrics = A.adminClient().get("/metrics").raw().body();
          return metrics.contains("site_homes{site=\"" + SITES.a.name() + "\"")
              && metrics.matches("(?s).*\nsite_replication_age_seconds [0-9.E-]+\n.*")
              && metrics.contains("site_forwarded_total{outcome=\"answered\"");
        });
  }
}
