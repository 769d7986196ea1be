package io.boxoffice.testing;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.redis.Redis;
import io.boxoffice.platform.redis.RedisSettings;
import io.boxoffice.platform.redis.Script;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Runs a real Redis server on the loopback, which a test can freeze, kill and start again. */
public final class TestRedis implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final Script ECHO = Script.of("test", "return {}");

  private final int port;
  private final List<String> options;
  private Process process;

  private TestRedis(int port, List<String> options) {
    this.port = port;
    this.options = options;
  }

  /** The program, unpacked once. */
  private static final class Program {
    static final Path FILE = unpack();

    private static Path unpack() {
      try (InputStream program = resource()) {
        if (program == null) {
          return null;
        }
        Path file = Files.createTempFile("redis-server", "");
        file.toFile().deleteOnExit();
        Files.write(file, program.readAllBytes());
        if (!file.toFile().setExecutable(true)) {
          throw new IOException("cannot make it executable: " + file);
        }
        return file;
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      }
    }

    /** Null when there is none for this machine. */
    private static InputStream resource() {
      String os =
          System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceFirst("^mac.*", "darwin");
      String arch =
          System.getProperty("os.arch").replace("aarch64", "arm64").replace("x86_64", "amd64");
      return TestRedis.class.getResourceAsStream("/redis-server-7.0.15-%s-%s".formatted(os, arch));
    }
  }

  /** Whether there is a program for this machine. */
  public static boolean isAvailable() {
    return Program.FILE != null;
  }

  /** Starts a server with further options, such as {@code --requirepass}. */
  public static TestRedis running(String... options) {
    TestRedis redis = absent(options);
    redis.start();
    return redis;
  }

  /** Returns the address of a server that does not run yet. */
  public static TestRedis absent(String... options) {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new TestRedis(free.getLocalPort(), List.of(options));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** Starts the server, empty. */
  public void start() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Program.FILE.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--daemonize",
                "no"));
    command.addAll(options);
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Eventually.within(LIMIT, this::accepts);
  }

  private boolean accepts() {
    try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return connection.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Returns the value of REDIS_URL for a server without a password. */
  public String url() {
    return url("");
  }

  /** Returns the value of REDIS_URL with {@code user:password}. */
  public String url(String credentials) {
    return "redis://%s127.0.0.1:%d".formatted(credentials.isEmpty() ? "" : credentials + "@", port);
  }

  /**
   * Returns the service's part that uses this server, before it connects.
   *
   * @param timeout long enough for a slow machine
   */
  public Redis unconnected(Duration timeout) {
    return new Redis(
        new RedisSettings(url(), io.dropwizard.util.Duration.milliseconds(timeout.toMillis())),
        new MetricRegistry(),
        new CollectorRegistry());
  }

  /** Connects it, which the test stops. */
  public Redis connect(Redis redis) {
    redis.start();
    Eventually.within(LIMIT, () -> redis.run(ECHO, "boxoffice:test").isPresent());
    return redis;
  }

  /** Whether a service with these metrics uses Redis. */
  public static boolean isInUse(MetricRegistry metrics) {
    return metrics.getGauges().get("redis.breaker.open").getValue().equals(0);
  }

  /** Runs commands on a connection of its own. */
  public <T> T with(Function<RedisCommands<String, String>, T> commands) {
    return with("", commands);
  }

  /** Runs commands with {@code user:password}. */
  public <T> T with(String credentials, Function<RedisCommands<String, String>, T> commands) {
    RedisClient client = RedisClient.create(RedisURI.create(url(credentials)));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return commands.apply(connection.sync());
    } finally {
      client.shutdown(0, 1, TimeUnit.SECONDS);
    }
  }

  /** Stops the server without ending it: it accepts connections and answers nothing. */
  public void freeze() {
    signal("-STOP");
  }

  /** Lets a frozen server go on. */
  public void thaw() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      int code = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill " + signal + " ended with " + code);
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    } catch (InterruptedException cause) {
      throw new IllegalStateException(cause);
    }
  }

  /** Ends the server by SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
