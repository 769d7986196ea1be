package io.boxoffice.stress.bench.service;

import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.sql.BenchDatabase;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One process of the service. Its output, with the request log, goes to a file. */
public final class Replica implements AutoCloseable {
  /** As it is deployed: a replica warms up before it is ready. */
  private static final String WARM_UP = "45s";

  private static final String UNUSED_LIMIT =
      "[{\"name\": \"unused\", \"quota\": 1000000, \"window\": \"1s\"}]";

  /**
   * In place of the shipped policies, which would refuse all but ten sign-ins in a minute and a
   * hundred orders in ten. All clients of a measurement have one address.
   */
  private static final String WIDE_LIMITS =
      """
      [{"name": "sign-in", "quota": 1000000, "window": "1s", "method": "POST", "route": "/v1/sessions"},
       {"name": "orders", "quota": 1000000, "window": "1s", "method": "POST",
        "route": "/v1/concerts/{concertId}/orders"}]
      """;

  /** For the refusals of one address, each of which would have to wait longer than the last one. */
  private static final String NO_DELAY = "1000";

  private static final String SMALL_HEAP = "-Xmx512m";

  /** More threads than a flood has clients. */
  private static final String UNBOUNDED_THREADS = "1000";

  private static final String JAR = "api/target/boxoffice.jar";

  /** The roles of a process of the jar. */
  public enum Kind {
    /** The service itself. */
    SELLING,
    /** The service that answers and does not sell, from the tests of {@code api}: baseline B. */
    NO_SALE,
    /** The same with a rate limit in memory, whose quota is never used up. */
    LIMITED,
    /** The service with a heap of 512 MB, where only the hashing queue bounds sign-ins. */
    SIGN_INS,
    /** The same without that bound, from the tests of {@code api}. */
    UNBOUNDED_SIGN_INS,
    /** The service with a payment partner. */
    ORDERS,
    /** Sells, and its SQL passes proxies; the outbox stays empty. */
    WITHOUT_OUTBOX,
    /** Sells, and its SQL passes the same proxies. */
    WITH_OUTBOX,
    /** Sells, and records each purchase as a trace. */
    TRACED,
    /** Sells, and records one purchase of a hundred as a trace. */
    SELDOM_TRACED,
    /** Updates the schema and ends. */
    MIGRATION
  }

  private final JarProcess process;

  private Replica(JarProcess process) {
    this.process = process;
  }

  /**
   * Starts one in the current folder, on free ports of the loopback; does not wait.
   *
   * @param more settings beside those of the kind
   */
  public static Replica start(
      Kind kind, BenchDatabase database, String operatorToken, Map<String, String> more, Path log) {
    Map<String, String> settings = new HashMap<>();
    settings.put("DATABASE_URL", database.url());
    settings.put("DATABASE_USER", database.user());
    settings.put("DATABASE_PASSWORD", database.password());
    settings.put("OPERATOR_TOKEN", operatorToken);
    settings.putAll(settings(kind));
    settings.putAll(more);
    settings.put("WARM_UP", kind == Kind.SELLING ? WARM_UP : "0s");
    return new Replica(JarProcess.start(arguments(kind), settings, log));
  }

  /** Waits until it is ready for buyers, and gives its port. */
  public int awaitReady() {
    int port = process.awaitPort();
    process.await(() -> isReady(port));
    return port;
  }

  /** Waits until it has ended without an error. */
  public void awaitEnd() {
    process.await(() -> false);
    if (!process.hasSucceeded()) {
      throw new BenchException("A command of the service failed; see " + process.log());
    }
  }

  /** The CPU time that it has used, in nanoseconds. */
  public long cpuNanos() {
    return process.handle().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  /** The number of its process. */
  public long pid() {
    return process.handle().pid();
  }

  /** How many lines of its output contain a text. */
  public long linesWith(String text) {
    return process.output().lines().filter(line -> line.contains(text)).count();
  }

  /** Empties its output, because a request log of minutes would fill the disk. */
  public void emptyLog() {
    process.emptyLog();
  }

  @Override
  public void close() {
    process.close();
  }

  private static Map<String, String> settings(Kind kind) {
    return switch (kind) {
      case SELLING, ORDERS -> Map.of("RATE_LIMITS", WIDE_LIMITS);
      case TRACED -> Map.of("RATE_LIMITS", WIDE_LIMITS, "OTEL_TRACES_SAMPLER_ARG", "1");
      case SELDOM_TRACED -> Map.of("RATE_LIMITS", WIDE_LIMITS, "OTEL_TRACES_SAMPLER_ARG", "0.01");
      case NO_SALE, MIGRATION -> Map.of();
      case WITHOUT_OUTBOX -> Map.of("RATE_LIMITS", WIDE_LIMITS, "BENCH_OUTBOX", "false");
      case WITH_OUTBOX -> Map.of("RATE_LIMITS", WIDE_LIMITS, "BENCH_OUTBOX", "true");
      case LIMITED -> Map.of("RATE_LIMITS", UNUSED_LIMIT);
      case SIGN_INS ->
          Map.of("RATE_LIMITS", WIDE_LIMITS, "SIGN_IN_FAILURES_WITHOUT_DELAY", NO_DELAY);
      case UNBOUNDED_SIGN_INS ->
          Map.of("RATE_LIMITS", WIDE_LIMITS, "HASHING_THREADS", UNBOUNDED_THREADS);
    };
  }

  private static List<String> arguments(Kind kind) {
    return switch (kind) {
      case SELLING, ORDERS, TRACED, SELDOM_TRACED -> List.of("-jar", JAR, "server", "config.yml");
      case NO_SALE, LIMITED -> ofTests("NoSaleApplication");
      case WITHOUT_OUTBOX, WITH_OUTBOX -> ofTests("OutboxCostApplication");
      case SIGN_INS -> List.of(SMALL_HEAP, "-jar", JAR, "server", "config.yml");
      case UNBOUNDED_SIGN_INS ->
          Stream.concat(Stream.of(SMALL_HEAP), ofTests("UnboundedHashingApplication").stream())
              .toList();
      case MIGRATION -> List.of("-jar", JAR, "db", "migrate", "config.yml");
    };
  }

  private static List<String> ofTests(String application) {
    return List.of(
        "-cp",
        String.join(File.pathSeparator, "api/target/test-classes", JAR),
        "io.boxoffice.testing." + application,
        "server",
        "config.yml");
  }

  private static boolean isReady(int port) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/health?type=ready".formatted(port)))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException cause) {
      throw new BenchException("interrupted", cause);
    }
  }
}
