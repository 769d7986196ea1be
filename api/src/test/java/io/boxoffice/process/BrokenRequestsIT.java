package io.boxoffice.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.process.broken.Books;
import io.boxoffice.process.broken.Findings;
import io.boxoffice.process.broken.ServiceLog;
import io.boxoffice.process.broken.Trial;
import io.boxoffice.process.broken.World;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Sends thousands of broken requests to every route. Each must get a response that reports a client
 * error, and afterwards stock and purchases must agree. {@code -Dbroken.count=} sets the number of
 * requests and {@code -Dbroken.seed=} selects them.
 */
class BrokenRequestsIT {
  private static final int COUNT = Integer.getInteger("broken.count", 12_000);
  private static final long SEED = Long.getLong("broken.seed", 1);
  private static final String TOKEN = "broken";
  private static final Pattern ADMIN_PORT = Pattern.compile("admin port (\\d+)");
  private static final Path CONTRACT = Path.of("openapi.yaml");
  private static final Path FIRST_REQUESTS = Path.of("target", "broken-requests");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final TestDatabase database = TestDatabase.migrated();

  @Test
  void everyBrokenRequestGetsAClientError() throws Exception {
    System.out.printf("broken requests: -Dbroken.seed=%d -Dbroken.count=%d%n", SEED, COUNT);
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.putAll(
        Map.of(
            "OPERATOR_TOKEN",
            TOKEN,
            "PAYMENT_CALLBACK_SECRET",
            "the-secret-of-the-callbacks",
            "REQUEST_BODY_TIMEOUT",
            "1s",
            "LOG_FORMAT",
            "text",
            "RATE_LIMITS",
            ServiceProcess.MANY_ORDERS));
    List<String> mistakes = new ArrayList<>();
    try (ServiceProcess service = ServiceProcess.server(environment)) {
      ApiClient api = service.awaitClient();
      awaitReady(api);
      World world = World.create(api, TOKEN);
      Trial trial =
          new Trial(
              URI.create(api.baseUrl()).getPort(),
              adminPort(service),
              world,
              api.get("/problems").body(),
              CONTRACT,
              SEED,
              COUNT);

      long start = System.nanoTime();
      Findings findings = trial.send();
      Duration time = Duration.ofNanos(System.nanoTime() - start);

      awaitReady(api);
      mistakes.addAll(new Books(api, TOKEN, database.heldTickets()).mistakes());
      service.close();
      ServiceLog log = new ServiceLog(service.output());
      log.troubles()
          .forEach((line, times) -> mistakes.add("log, %d times: %s".formatted(times, line)));
      System.out.printf("broken requests: seed %d, %s, %s%n", SEED, time, findings.summary());
      if (!findings.isEmpty()) {
        mistakes.add(findings.report(log, FIRST_REQUESTS));
      }
      assertThat(findings.answers()).isGreaterThan(COUNT / 2);
    }
    assertThat(database.stockInvariantViolations()).isZero();
    if (!mistakes.isEmpty()) {
      throw new AssertionError(
          "-Dbroken.seed=%d -Dbroken.count=%d%n%s"
              .formatted(SEED, COUNT, String.join("\n", mistakes)));
    }
  }

  private static void awaitReady(ApiClient api) {
    Eventually.within(LIMIT, () -> api.get("/health?type=ready").status() == 200);
  }

  private static int adminPort(ServiceProcess service) {
    Matcher port = ADMIN_PORT.matcher(service.output());
    assertThat(port.find()).isTrue();
    return Integer.parseInt(port.group(1));
  }
}
