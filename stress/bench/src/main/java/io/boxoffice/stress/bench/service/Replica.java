package io.boxoffice.stress.bench.service;

import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.sql.BenchDatabase;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One process of the service. Its output, with the request log, goes to a file. */
public final class Replica implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Pattern LISTENING = Pattern.compile("Listening on port (\\d+)");

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
    /** Updates the schema and ends. */
    MIGRATION
  }

  private final Process process;
  private final Path log;

  private Replica(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts one in the current folder, on free ports of the loopback; does not wait. */
  public static Replica start(Kind kind, BenchDatabase database, String operatorToken, Path log) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(arguments(kind));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("BIND_HOST", "127.0.0.1");
    builder.environment().put("PORT", "0");
    builder.environment().put("ADMIN_PORT", "0");
    builder.environment().put("DATABASE_URL", database.url());
    builder.environment().put("DATABASE_USER", database.user());
    builder.environment().put("DATABASE_PASSWORD", database.password());
    builder.environment().put("OPERATOR_TOKEN", operatorToken);
    builder.environment().putAll(settings(kind));
    builder.environment().put("WARM_UP", kind == Kind.SELLING ? WARM_UP : "0s");
    try {
      return new Replica(builder.start(), log);
    } catch (IOException cause) {
      throw new BenchException("Cannot start %s: %s".formatted(JAR, cause.getMessage()), cause);
    }
  }

  /** Waits until it is ready for buyers, and gives its port. */
  public int awaitReady() {
    await(() -> LISTENING.matcher(output()).find());
    Matcher listening = LISTENING.matcher(output());
    if (!listening.find()) {
      throw new BenchException("The service did not start; see " + log);
    }
    int port = Integer.parseInt(listening.group(1));
    await(() -> isReady(port));
    return port;
  }

  /** Waits until it has ended without an error. */
  public void awaitEnd() {
    await(() -> false);
    if (process.isAlive() || process.exitValue() != 0) {
      throw new BenchException("A command of the service failed; see " + log);
    }
  }

  /** The CPU time that it has used, in nanoseconds. */
  public long cpuNanos() {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  /** How many lines of its output contain a text. */
  public long linesWith(String text) {
    return output().lines().filter(line -> line.contains(text)).count();
  }

  /** Empties its output, because a request log of minutes would fill the disk. */
  public void emptyLog() {
    try {
      FileChannel.open(log, StandardOpenOption.WRITE).truncate(0).close();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException cause) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> settings(Kind kind) {
    return switch (kind) {
      case SELLING -> Map.of("RATE_LIMITS", WIDE_LIMITS);
      case NO_SALE, MIGRATION -> Map.of();
      case LIMITED -> Map.of("RATE_LIMITS", UNUSED_LIMIT);
      case SIGN_INS ->
          Map.of("RATE_LIMITS", WIDE_LIMITS, "SIGN_IN_FAILURES_WITHOUT_DELAY", NO_DELAY);
      case UNBOUNDED_SIGN_INS ->
          Map.of("RATE_LIMITS", WIDE_LIMITS, "HASHING_THREADS", UNBOUNDED_THREADS);
    };
  }

  private static List<String> arguments(Kind kind) {
    return switch (kind) {
      case SELLING -> List.of("-jar", JAR, "server", "config.yml");
      case NO_SALE, LIMITED -> ofTests("NoSaleApplication");
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

  private void await(BooleanSupplier condition) {
    long begin = System.nanoTime();
    boolean ended = false;
    try {
      while (!ended
          && !condition.getAsBoolean()
          && System.nanoTime() - begin < START_LIMIT.toNanos()) {
        ended = process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException cause) {
      throw new BenchException("interrupted", cause);
    }
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

  private String output() {
    try {
      return Files.readString(log);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
