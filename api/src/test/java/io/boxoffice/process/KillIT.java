package io.boxoffice.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills the service with SIGKILL during purchases, on the embedded database. */
class KillIT {
  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 200;
  private static final int CAPACITY = 100_000;

  @TempDir private Path data;

  /** The purchase of each idempotency key that the service acknowledged. */
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  private final Set<String> sent = ConcurrentHashMap.newKeySet();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void acknowledgedPurchasesSurviveARestartExactlyOnce(boolean killPostgresqlToo) throws Exception {
    String concertId;
    try (ServiceProcess service = ServiceProcess.server(Map.of("DATA_DIR", data.toString()))) {
      ApiClient api = service.awaitClient();
      concertId = api.createConcert(CAPACITY).path("id").asText();
      Buyers.buyUntilKilled(
          service,
          ACKNOWLEDGED_BEFORE_THE_KILL,
          (enough, buyer) -> buyInSequence(buyer, api, concertId, enough));
    }
    if (killPostgresqlToo) {
      killPostgresql();
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_THE_KILL);

    try (ServiceProcess service = ServiceProcess.server(Map.of("DATA_DIR", data.toString()))) {
      ApiClient api = service.awaitClient();
      assertThat(service.output().contains("an earlier run left behind"))
          .isEqualTo(!killPostgresqlToo);
      for (String purchaseId : acknowledged.values()) {
        assertThat(api.get("/v1/purchases/" + purchaseId).text("status")).isEqualTo("CONFIRMED");
      }
      for (String key : sent) {
        Answer retried = api.buy(concertId, 1, "Idempotency-Key", key);
        assertThat(retried.status()).isEqualTo(201);
        assertThat(retried.text("id"))
            .isEqualTo(acknowledged.getOrDefault(key, retried.text("id")));
      }
      Set<String> purchases = allPurchases(api, concertId);
      assertThat(purchases).hasSize(sent.size());
      assertThat(api.get("/v1/concerts/" + concertId).body().path("available").asInt())
          .isEqualTo(CAPACITY - sent.size());
    }
  }

  private void killPostgresql() throws Exception {
    Path pidFile = data.resolve("postgresql").resolve("postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    ProcessHandle postgresql = ProcessHandle.of(pid).orElseThrow();
    postgresql.destroyForcibly();
    postgresql.onExit().get(10, TimeUnit.SECONDS);
  }

  private void buyInSequence(int buyer, ApiClient api, String concertId, CountDownLatch enough) {
    for (int i = 0; ; i++) {
      String key = "buyer-%d-order-%d".formatted(buyer, i);
      sent.add(key);
      try {
        Answer answer = api.buy(concertId, 1, "Idempotency-Key", key);
        if (answer.status() != 201) {
          return;
        }
        acknowledged.put(key, answer.text("id"));
        enough.countDown();
      } catch (RuntimeException killed) {
        return;
      }
    }
  }

  private static Set<String> allPurchases(ApiClient api, String concertId) {
    List<String> ids = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = api.get("/v1/purchases?limit=100&concertId=" + concertId + after).body();
      page.path("items").forEach(purchase -> ids.add(purchase.path("id").asText()));
      after = page.path("next").isNull() ? null : "&after=" + page.path("next").asText();
    } while (after != null);
    Set<String> distinct = new HashSet<>(ids);
    assertThat(ids).hasSameSizeAs(distinct);
    return distinct;
  }
}
