package io.boxoffice.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.RawConnection;
import io.boxoffice.testing.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Tests that SIGTERM does not interrupt a purchase in progress. */
class StopIT {
  private static final String[] OPERATOR = {"Authorization", "Bearer operator"};

  @Test
  void purchaseInProgressIsAnsweredBeforeTheStop() throws Exception {
    TestDatabase database = TestDatabase.migrated();
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("OPERATOR_TOKEN", "operator");
    try (ServiceProcess service = ServiceProcess.server(environment);
        Handle holder = database.jdbi().open()) {
      ApiClient api = service.awaitClient();
      String concertId = api.createConcert(5, OPERATOR).path("id").asText();
      holder.begin();
      holder.execute("SELECT * FROM ticket_types FOR UPDATE");
      CompletableFuture<Answer> inFlight =
          api.sendAsync("POST", "/v1/concerts/" + concertId + "/purchases", Bodies.purchase(1));
      database.awaitLockWaiters(1);

      service.terminate();
      Eventually.within(Duration.ofSeconds(1), () -> refusesNewRequests(api));
      holder.rollback();

      assertThat(inFlight.join().status()).isEqualTo(201);
      assertThat(service.awaitExit()).isEqualTo(143); // 128 + SIGTERM
    }
    assertThat(database.stockInvariantViolations()).isZero();
  }

  @Test
  void openConnectionClosesWithItsNextResponseAfterSigterm() throws Exception {
    Map<String, String> environment = new HashMap<>(TestDatabase.migrated().environment());
    environment.put("OPERATOR_TOKEN", "operator");
    environment.put("SHUTDOWN_DELAY", "5s");
    try (ServiceProcess service = ServiceProcess.server(environment)) {
      ApiClient api = service.awaitClient();
      try (RawConnection kept = RawConnection.to(URI.create(api.baseUrl()).getPort())) {
        service.terminate();
        Eventually.within(
            Duration.ofSeconds(3), () -> api.get("/health?type=ready").status() == 503);
        kept.send("GET /v1/concerts HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(kept.readAll()).startsWith("HTTP/1.1 200").contains("Connection: close");
      }
      assertThat(service.awaitExit()).isEqualTo(143);
    }
  }

  private static boolean refusesNewRequests(ApiClient api) {
    try {
      return api.get("/v1/concerts").status() == 503;
    } catch (RuntimeException notListening) {
      return true;
    }
  }
}
