package io.boxoffice.site.forward;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.site.SiteRows;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sends requests to the site that is not the home of their concert. */
class ForwardingApplicationTest {
  private static final TestDatabase DATABASE_A = SiteRows.setUp(TestDatabase.migrated(), "a", "b");
  private static final TestDatabase DATABASE_B = SiteRows.setUp(TestDatabase.migrated(), "b", "a");
  private static final int PORT_A = freePort();
  private static final int PORT_B = freePort();
  private static final TestApplication A =
      site(DATABASE_A, "a", "b", PORT_B)
          .with("server.applicationConnectors[0].port", Integer.toString(PORT_A));
  private static final TestApplication B =
      site(DATABASE_B, "b", "a", PORT_A)
          .with("server.applicationConnectors[0].port", Integer.toString(PORT_B));

  private static TestApplication site(TestDatabase database, String here, String there, int port) {
    return TestApplication.on(database)
        .with("site.name", here)
        .with("site.peer", there)
        .with("site.peerUrl", "http://localhost:" + port);
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

  /** Creates a concert at A that B knows too. */
  private static String concertOfA(int capacity) {
    String id = A.client().createConcert(capacity, operator()).path("id").asText();
    SiteRows.copyConcert(id, DATABASE_A, DATABASE_B);
    return id;
  }

  private static int purchases(TestDatabase database, String concert) {
    return SiteRows.count(
        database, "SELECT count(*) FROM purchases WHERE concert_id = ?::uuid", concert);
  }

  @Test
  void theHomeSellsWhatTheOtherSiteReceives() {
    String concert = concertOfA(3);

    Answer bought = B.client().buy(concert, 2, "Idempotency-Key", "k-" + concert);

    assertThat(bought.status()).isEqualTo(201);
    assertThat(bought.header("Location")).isEqualTo("/v1/purchases/" + bought.text("id"));
    assertThat(purchases(DATABASE_A, concert)).isEqualTo(1);
    assertThat(purchases(DATABASE_B, concert)).isZero();
    Answer again = B.client().buy(concert, 2, "Idempotency-Key", "k-" + concert);
    assertThat(again.text("id")).isEqualTo(bought.text("id"));
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    Answer soldOut = B.client().buy(concert, 2, "X-Request-Id", "forwarded-1");
    assertThat(soldOut.text("code")).isEqualTo("sold-out");
    assertThat(soldOut.text("requestId")).isEqualTo("forwarded-1");
    assertThat(soldOut.raw().headers().allValues("X-Request-Id")).containsExactly("forwarded-1");
    assertThat(soldOut.raw().headers().allValues("Content-Type"))
        .containsExactly("application/problem+json");
  }

  @Test
  void anOrderIsHeldAndCancelledAtTheHome() {
    String concert = concertOfA(3);

    Answer order = B.client().post("/v1/concerts/" + concert + "/orders", Bodies.purchase(2));
    assertThat(order.status()).isEqualTo(201);
    assertThat(order.text("state")).isEqualTo("HELD");
  }

  @Test
  void credentialsAreCheckedAtTheHome() {
    String concert = concertOfA(3);
    String path = "/v1/concerts/" + concert + "/cancellation";

    assertThat(B.client().post(path, "{}").status()).isEqualTo(401);
    assertThat(B.client().post(path, "{\"reason\": \"storm\"}", operator()).status())
        .isEqualTo(202);
    assertThat(B.client().buy(concert, 1).text("code")).isEqualTo("concert-cancelled");
  }

  @Test
  void onlyAChangeOfTheCapacityIsPassedOn() {
    String concert = concertOfA(3);
    String path = "/v1/concerts/" + concert;
    String type = A.client().get(path).body().path("ticketTypes").path(0).path("id").asText();

    Answer title = B.client().send("PATCH", path, "{\"title\": \"At B\"}", operator());
    assertThat(title.status()).isEqualTo(200);
    assertThat(B.client().get(path).text("title")).isEqualTo("At B");
    assertThat(A.client().get(path).text("title")).isEqualTo("Autumn Tour");

    String capacity = "{\"ticketTypes\": [{\"id\": \"%s\", \"capacity\": 7}]}".formatted(type);
    assertThat(B.client().send("PATCH", path, capacity, operator()).status()).isEqualTo(200);
    assertThat(A.client().get(path).body().path("ticketTypes").path(0).path("capacity").asInt())
        .isEqualTo(7);
  }

  @Test
  void aRequestIsPassedOnOnce() {
    String concert = concertOfA(3);
    DATABASE_A.jdbi().useHandle(handle -> SiteRows.moveHome(handle, concert, "b"));

    Answer refused = B.client().buy(concert, 1);

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.text("code")).isEqualTo("home-unknown");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(purchases(DATABASE_A, concert)).isZero();
  }

  @Test
  void aRequestThatTheOtherSiteSentToTheHomeIsExecuted() {
    String concert = concertOfA(3);

    assertThat(A.client().buy(concert, 1, "Forwarded-By-Site", "b").status()).isEqualTo(201);
  }

  @Test
  void aSiteThatCannotBeReachedSellsNothing() throws Exception {
    String concert = concertOfA(3);
    TestApplication alone = site(DATABASE_B, "b", "a", freePort()).start();
    try {
      Answer refused = alone.client().buy(concert, 1);

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text("code")).isEqualTo("site-unavailable");
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(alone.client().buy("0198a000-0000-7000-8000-000000000000", 1).status())
          .isEqualTo(404);
    } finally {
      alone.stop();
    }
  }

  @Test
  void aSiteThatDoesNotAnswerLeavesTheOutcomeUnknownAndHoldsABoundedNumber() throws Exception {
    String concert = concertOfA(3);
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("localhost"))) {
      TestApplication here =
          site(DATABASE_B, "b", "a", silent.getLocalPort())
              .with("site.timeLimit", "1s")
              .with("site.inFlight", "1")
              .start();
      try {
        ApiClient client = here.client();
        var first =
            client.sendAsync("POST", "/v1/concerts/" + concert + "/purchases", Bodies.purchase(1));
        silent.accept(); // The first request is on its way.
        assertThat(client.buy(concert, 1).text("code")).isEqualTo("overloaded");
        assertThat(first.join().text("code")).isEqualTo("outcome-unknown");
        assertThat(first.join().status()).isEqualTo(503);
      } finally {
        here.stop();
      }
    }
  }
}
