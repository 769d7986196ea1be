package io.boxoffice.platform.database.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestCluster;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the service with a real standby. */
class ReadDatabaseApplicationTest {
  private static final Duration MAX_AGE = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String PURCHASES = "/v1/purchases?limit=100&concertId=";

  private static TestCluster cluster;
  private static TestApplication application;
  private static TestApplication careless;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start();
    application = service(MAX_AGE).start();
    // The negative control.
    careless = service(Duration.ofSeconds(60)).start();
  }

  private static TestApplication service(Duration maxAge) {
    return TestApplication.on(cluster.primary())
        .with("readDatabase.url", cluster.standby().url())
        .with("readDatabase.maxAge", maxAge.toSeconds() + "s");
  }

  @AfterAll
  static void stop() {
    careless.stop();
    application.stop();
    cluster.close();
  }

  @BeforeEach
  void awaitStandby() {
    awaitUse(application);
    awaitUse(careless);
  }

  @AfterEach
  void resume() {
    cluster.pauseReplay(false);
  }

  private static void awaitUse(TestApplication service) {
    Eventually.within(LIMIT, () -> isOfStandby(list(service, "/v1/purchases")));
  }

  private static Answer list(TestApplication service, String path) {
    Answer answer = service.client().get(path, TestApplication.operator());
    assertThat(answer.status()).isEqualTo(200);
    return answer;
  }

  private static boolean isOfStandby(Answer answer) {
    return !answer.header("Age").isEmpty();
  }

  private static String concert() {
    return application.client().createConcert(100, TestApplication.operator()).path("id").asText();
  }

  private static boolean lists(Answer page, String id) {
    for (JsonNode item : page.body().path("items")) {
      if (item.path("id").asText().equals(id)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void theListedRoutesReadFromTheStandbyAndSayTheirAge() {
    for (String path : new String[] {"/v1/purchases", "/v1/reports", "/v1/concerts"}) {
      assertThat(list(application, path).header("Age")).as(path).matches("[0-2]");
    }
    String metrics = application.adminClient().get("/metrics").raw().body();
    assertThat(metrics)
        .contains("database_reads_total{database=\"standby\",reason=\"fresh\",}")
        .contains("read_database_usable 1.0")
        .containsPattern("read_database_age_seconds [01]\\.");
  }

  @Test
  void anOldStandbyIsNotReadAndTheStockIsNeverItsOwn() {
    String concert = concert();
    Eventually.within(LIMIT, () -> isOfStandby(list(application, "/v1/concerts?limit=100")));
    cluster.pauseReplay(true);
    String purchase = application.client().buy(concert, 3).text("id");
    long bought = System.nanoTime();

    // At once: the receipt, and the stock of an answer whose concerts come from the standby.
    assertThat(application.client().get("/v1/purchases/" + purchase).status()).isEqualTo(200);
    int fromStandby = 0;
    boolean listed = false;
    while (!listed) {
      long asked = System.nanoTime();
      Answer page = list(application, PURCHASES + concert);
      listed = lists(page, purchase);
      if (asked - bought > MAX_AGE.toNanos()) {
        assertThat(listed).as("%d ms later", (asked - bought) / 1_000_000).isTrue();
        assertThat(isOfStandby(page)).isFalse();
      }
      Answer concerts = list(application, "/v1/concerts?limit=100");
      fromStandby += isOfStandby(concerts) ? 1 : 0;
      assertThat(available(concerts, concert)).isEqualTo(97);
    }
    assertThat(fromStandby).isPositive();
    // Without the check of the age, the old answer is served on and on.
    Answer old = list(careless, PURCHASES + concert);
    assertThat(isOfStandby(old)).isTrue();
    assertThat(lists(old, purchase)).isFalse();
  }

  private static int available(Answer concerts, String id) {
    for (JsonNode concert : concerts.body().path("items")) {
      if (concert.path("id").asText().equals(id)) {
        return concert.path("available").asInt();
      }
    }
    throw new AssertionError("not listed");
  }

  @Test
  void anOperatorSeesEachChangeOfAConcertAtOnce() {
    cluster.pauseReplay(true);
    String concert = concert();

    assertThat(lists(list(application, "/v1/concerts?limit=100"), concert)).isTrue();
    assertThat(
            application
                .client()
                .send("DELETE", "/v1/concerts/" + concert, null, TestApplication.operator())
                .status())
        .isEqualTo(204);
    assertThat(lists(list(application, "/v1/concerts?limit=100"), concert)).isFalse();
  }

  @Test
  void aConcertThatWasDeletedMeanwhileIsNotListedWithoutTicketTypes() {
    String concert = concert();
    cluster.awaitReplay();
    Eventually.within(
        LIMIT,
        () -> {
          Answer page = list(careless, "/v1/concerts?limit=100");
          return isOfStandby(page) && lists(page, concert);
        });
    cluster.pauseReplay(true);
    // The other replica deletes it, so this one does not know.
    application
        .client()
        .send("DELETE", "/v1/concerts/" + concert, null, TestApplication.operator());

    Answer page = list(careless, "/v1/concerts?limit=100");
    assertThat(isOfStandby(page)).isTrue();
    assertThat(lists(page, concert)).isFalse();
  }

  @Test
  void noRequestFailsWhenTheStandbyIsKilledAndItIsUsedAgainAfterwards() {
    CompletableFuture<Void> kill = CompletableFuture.runAsync(cluster::killStandby);
    try {
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < Duration.ofSeconds(3).toNanos()) {
        list(application, "/v1/purchases");
      }
      kill.join();
      assertThat(isOfStandby(list(application, "/v1/purchases"))).isFalse();
      assertThat(application.client().get("/health").status()).isEqualTo(200);
      assertThat(application.adminClient().get("/metrics").raw().body())
          .contains("database_reads_total{database=\"primary\",reason=\"unusable\",}")
          .contains("read_database_usable 0.0");
    } finally {
      kill.join();
      cluster.restartStandby();
    }
    awaitUse(application);
  }

  @Test
  void noRequestFailsOrWaitsLongWhenTheStandbyIsFrozen() {
    cluster.freezeStandby(true);
    try {
      long frozen = System.nanoTime();
      long longest = 0;
      while (System.nanoTime() - frozen < Duration.ofSeconds(6).toNanos()) {
        long begun = System.nanoTime();
        list(application, "/v1/purchases");
        longest = Math.max(longest, System.nanoTime() - begun);
      }
      assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(5));
      long begun = System.nanoTime();
      assertThat(isOfStandby(list(application, "/v1/purchases"))).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    } finally {
      cluster.freezeStandby(false);
    }
    awaitUse(application);
  }
}
