package io.boxoffice.lab.shop;

import io.boxoffice.lab.database.Credentials;
import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.topology.Waiting;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One replica of the shop on a node of its own. */
public final class ShopReplica {
  static final int PORT = 8080;
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(1);
  private static final String JAR = "api/target/boxoffice.jar";

  /** All buyers of the lab have one address, so the shipped policy would refuse most orders. */
  private static final String WIDE_LIMITS =
      """
      [{"name": "orders", "quota": 1000000, "window": "1s", "method": "POST",
        "route": "/v1/concerts/{concertId}/orders"}]
      """;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CHECK_LIMIT)
          .build();
  private final Node node;
  private final Map<String, String> settings = new HashMap<>();
  private Process process;

  /**
   * A replica that {@link #start} starts.
   *
   * @param databaseUrl a JDBC address
   * @param more settings beside those that every replica of the lab has
   */
  public ShopReplica(
      Node node,
      String databaseUrl,
      Credentials credentials,
      String operatorToken,
      Map<String, String> more) {
    this.node = node;
    settings.put("DATABASE_URL", databaseUrl);
    settings.put("DATABASE_USER", Credentials.SHOP);
    settings.put("DATABASE_PASSWORD", credentials.shop());
    settings.put("OPERATOR_TOKEN", operatorToken);
    settings.put("RATE_LIMITS", WIDE_LIMITS);
    settings.put("PORT", Integer.toString(PORT));
    settings.put("BIND_HOST", "0.0.0.0");
    settings.put("LOG_LEVEL", "WARN");
    settings.putAll(more);
  }

  public Node node() {
    return node;
  }

  /** Starts it; does not wait. */
  public void start() {
    process = run("shop", "server");
  }

  /**
   * Updates the schema of its database, and waits.
   *
   * @throws BenchException when that fails or takes too long
   */
  public void migrate() {
    Process migration = run("migrate", "db", "migrate");
    if (!ends(migration, START_LIMIT) || migration.exitValue() != 0) {
      throw new BenchException(
          "The schema is not updated; see %s/migrate.log".formatted(node.folder()));
    }
  }

  private Process run(String log, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR));
    command.addAll(List.of(words));
    command.add("config.yml");
    return node.start(log, settings, command);
  }

  /** Waits until it reports ready. */
  public void awaitReady() {
    long begin = System.nanoTime();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() - begin > START_LIMIT.toNanos()) {
        throw new BenchException(
            "The shop on %s does not start; see %s/shop.log".formatted(node, node.folder()));
      }
      Waiting.pause(Duration.ofMillis(200));
    }
  }

  /** Whether it says that it can sell; within 1 s. */
  public boolean isReady() {
    HttpRequest request =
        HttpRequest.newBuilder(entrance().resolve("/health?type=ready"))
            .timeout(CHECK_LIMIT)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notReady) {
      return false;
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    }
  }

  /** Thaws it or starts it again, and waits until it reports ready. */
  public void repair() {
    node.signal("CONT", Node.ALL);
    if (!process.isAlive()) {
      start();
    }
    awaitReady();
  }

  /** Where it takes requests. */
  public URI entrance() {
    return URI.create("http://%s:%d".formatted(node.address(), PORT));
  }

  /** Ends it by SIGTERM, as a deployment does, and waits. */
  public void stop() {
    process.destroy();
    if (!ends(process, STOP_LIMIT)) {
      throw new BenchException("The shop on %s does not end".formatted(node));
    }
  }

  private static boolean ends(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    }
  }
}
