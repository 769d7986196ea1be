package io.boxoffice.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** SIGTERM while a purchase is on its way. */
class StopIT {
  private static final String[] OPERATOR = {"Authorization", "Bearer operator"};

  @Test
  void aPurchaseInFlightIsAnsweredBeforeTheEnd() throws Exception {
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

  private static boolean refusesNewRequests(ApiClient api) {
    try {
      return api.get("/v1/concerts").status() == 503;
    } catch (RuntimeException notListening) {
      return true;
    }
  }
}
