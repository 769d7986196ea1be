package io.boxoffice.platform.database;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that the service survives an outage of the database. */
class OutageApplicationTest {
  @RegisterExtension private static final TestApplication APPLICATION = TestApplication.shipped();

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void theServiceAnswers503DuringTheOutageAndRecovers() {
    ApiClient api = APPLICATION.client();
    String concertId = api.createConcert(5, operator()).path("id").asText();
    Eventually.within(LIMIT, () -> readyStatus(api) == 200);

    APPLICATION.database().disconnect();

    Answer purchase = api.buy(concertId, 1);
    assertThat(purchase.status()).isEqualTo(503);
    assertThat(purchase.text("code")).isIn("unavailable", "overloaded", "outcome-unknown");
    assertThat(purchase.header("Retry-After")).isNotEmpty();
    assertThat(api.get("/v1/concerts").status()).isEqualTo(503);
    Eventually.within(LIMIT, () -> readyStatus(api) == 503);
    assertThat(api.get("/health?type=alive").status()).isEqualTo(200);

    APPLICATION.database().reconnect();

    Eventually.within(LIMIT, () -> readyStatus(api) == 200);
    assertThat(api.buy(concertId, 1).status()).isEqualTo(201);
    assertThat(APPLICATION.database().stockInvariantViolations()).isZero();
  }

  @Test
  void aPurchaseSucceedsAfterTheServerEndedAllSessions() {
    ApiClient api = APPLICATION.client();
    String concertId = api.createConcert(5, operator()).path("id").asText();
    api.rush(concertId, 3).forEach(answer -> assertThat(answer.status()).isEqualTo(201));

    APPLICATION.database().endConnections();

    assertThat(api.buy(concertId, 1).status()).isEqualTo(201);
    assertThat(APPLICATION.database().stockInvariantViolations()).isZero();
  }

  private static int readyStatus(ApiClient api) {
    return api.get("/health?type=ready").status();
  }
}
