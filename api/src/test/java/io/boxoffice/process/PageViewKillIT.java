package io.boxoffice.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Kills the service with SIGKILL while it accepts page views: only the last ones may be missing.
 */
class PageViewKillIT {
  private static final String[] OPERATOR = {"Authorization", "Bearer operator"};
  private static final int ACCEPTED_BEFORE_THE_KILL = 5_000;

  /** The 100 ms of the buffer, and time for a COPY on a busy machine. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final TestDatabase database = TestDatabase.migrated();

  /** When each view was answered with 202. */
  private final Queue<Long> accepted = new ConcurrentLinkedQueue<>();

  private final AtomicInteger sent = new AtomicInteger();

  @Test
  void onlyTheViewsOfTheLastMomentAreLost() throws Exception {
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("OPERATOR_TOKEN", "operator");
    long killed;
    try (ServiceProcess service = ServiceProcess.server(environment)) {
      ApiClient api = service.awaitClient();
      String body =
          "{\"concertId\": \"%s\"}".formatted(api.createConcert(5, OPERATOR).path("id").asText());
      Buyers.buyUntilKilled(
          service, ACCEPTED_BEFORE_THE_KILL, (enough, viewer) -> view(api, body, enough));
      killed = accepted.stream().mapToLong(Long::longValue).max().orElseThrow();
    }
    long safe = accepted.stream().filter(at -> killed - at > MARGIN.toNanos()).count();
    assertThat(safe).isPositive();
    int stored =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle.createQuery("SELECT count(*) FROM page_views").mapTo(int.class).one());
    assertThat((long) stored).isBetween(safe, (long) sent.get());
  }

  private void view(ApiClient api, String body, CountDownLatch enough) {
    while (true) {
      try {
        sent.incrementAndGet();
        if (api.post("/v1/page-views", body, OPERATOR).status() != 202) {
          return;
        }
        accepted.add(System.nanoTime());
        enough.countDown();
      } catch (RuntimeException killed) {
        return;
      }
    }
  }
}
