package io.boxoffice.platform.database;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Checks that the service recovers from a switchover, which leaves a pool of sessions that cannot
 * write.
 */
class ReadOnlySessionsApplicationTest {
  @RegisterExtension private static final TestApplication APPLICATION = TestApplication.shipped();

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration PROMISED = Duration.ofSeconds(3);

  private final TestDatabase database = APPLICATION.database();
  private ApiClient api;
  private String concertId;

  @BeforeEach
  void createConcert() {
    api = APPLICATION.client();
    concertId = api.createConcert(1000, operator()).path("id").asText();
    Eventually.within(LIMIT, () -> readyStatus() == 200);
  }

  @Test
  void itSellsAgainWithoutPurchasesDuringTheSwitchover() {
    makeAllSessionsReadOnly();

    database.setReadOnly(false);

    Eventually.within(PROMISED, () -> readyStatus() == 200);
    assertThat(api.buy(concertId, 1).status()).isEqualTo(201);
    assertThat(database.stockInvariantViolations()).isZero();
  }

  @Test
  void theFirstPurchaseAfterTheSwitchoverSucceeds() {
    makeAllSessionsReadOnly();

    database.setReadOnly(false);

    Eventually.within(PROMISED, this::buys);
    Eventually.within(LIMIT, () -> readyStatus() == 200);
  }

  @Test
  void itSellsAgainWhilePurchasesContinue() {
    makeAllSessionsReadOnly();
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> buyer =
        CompletableFuture.runAsync(() -> Eventually.within(LIMIT, () -> buys() && enough.get()));
    for (int attempt = 0; attempt < 20; attempt++) {
      assertThat(api.buy(concertId, 1).status()).isEqualTo(503);
    }

    database.setReadOnly(false);

    Eventually.within(PROMISED, this::buys);
    enough.set(true);
    buyer.join();
  }

  @Test
  void itSellsAgainAfterTheReadOnlySessionsHaveEnded() {
    makeAllSessionsReadOnly();

    database.setReadOnly(false);
    database.endConnections();

    Eventually.within(PROMISED, this::buys);
    Eventually.within(LIMIT, () -> readyStatus() == 200);
  }

  @Test
  void itContinuesToSellWhileOnlyNewSessionsCannotWrite() {
    database.setReadOnly(true);
    assertThat(api.buy(concertId, 1).status()).isEqualTo(201);
    database.setReadOnly(false);
    database.endConnections();

    Eventually.within(PROMISED, this::buys);
  }

  private void makeAllSessionsReadOnly() {
    database.setReadOnly(true);
    database.endConnections();
    Eventually.within(LIMIT, () -> readyStatus() == 503);
    Answer rejected = api.buy(concertId, 1);
    assertThat(rejected.status()).isEqualTo(503);
    assertThat(rejected.text("code")).isEqualTo("unavailable");
    assertThat(rejected.header("Retry-After")).isNotEmpty();
    assertThat(api.get("/v1/concerts/" + concertId).status()).isEqualTo(200);
  }

  private boolean buys() {
    return api.buy(concertId, 1).status() == 201;
  }

  private int readyStatus() {
    return api.get("/health?type=ready").status();
  }
}
