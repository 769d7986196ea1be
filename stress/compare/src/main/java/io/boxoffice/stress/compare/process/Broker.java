package io.boxoffice.stress.compare.process;

import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A RabbitMQ of its own on the loopback, with its own ports, folder and port mapper (epmd). It uses
 * no service of the machine.
 */
public final class Broker implements Restartable, AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final long POLL_MILLIS = 50;
  private static final String USER = "shop";

  /**
   * Ends the server and its port mapper when the standard input ends: when the run closes it, and
   * when the JVM of the run ends by any cause.
   */
  private static final String SUPERVISOR =
      """
      set -m
      epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 &
      mapper=$!
      "$1" &
      server=$!
      while read -r line; do :; done
      kill -KILL -- "-$server" "-$mapper"
      """;

  /**
   * The queues of a single node of RabbitMQ 3.10 wait for ever for a leader when the node was
   * killed: https://github.com/rabbitmq/rabbitmq-server/issues/10070.
   */
  private static final String ELECTION =
      """
      [ra:trigger_election(amqqueue:get_pid(Q))
       || Q <- rabbit_amqqueue:list(), amqqueue:get_type(Q) =:= rabbit_quorum_queue].
      """;

  private final String password = UUID.randomUUID().toString();
  private final Path programs;
  private final Path folder;
  private final int port;
  private final Map<String, String> environment;
  private Process supervisor;

  private Broker(Path programs, Path folder) {
    List<Integer> ports = Ports.free(3);
    this.programs = programs;
    this.folder = folder;
    this.port = ports.get(0);
    this.environment =
        Map.ofEntries(
            Map.entry("HOME", folder.toString()),
            Map.entry("RABBITMQ_NODENAME", "boxoffice-compare-%d@localhost".formatted(port)),
            Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
            Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
            Map.entry("RABBITMQ_DIST_PORT", Integer.toString(ports.get(1))),
            Map.entry("ERL_EPMD_PORT", Integer.toString(ports.get(2))),
            Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
            Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString()),
            Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
            Map.entry("RABBITMQ_LOGS", "-"),
            Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq").toString()),
            Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("plugins").toString()),
            // A command must not start a port mapper that would stay.
            Map.entry("RABBITMQ_CTL_ERL_ARGS", "-start_epmd false"),
            Map.entry("RABBITMQ_CONF_ENV_FILE", folder.resolve("none").toString()));
  }

  /** Whether the machine has a RabbitMQ. */
  public static boolean isInstalled() {
    return programs().isPresent();
  }

  /** Starts one with its data in the given folder, which is created. */
  public static Broker start(Path folder) {
    Path programs =
        programs().orElseThrow(() -> new BenchException("rabbitmq-server is not installed."));
    try {
      Files.createDirectories(folder);
      Broker broker = new Broker(programs, folder);
      Files.writeString(folder.resolve("plugins"), "[].\n");
      Files.writeString(
          folder.resolve("rabbitmq.conf"),
          """
          default_user = %s
          default_pass = %s
          distribution.listener.interface = 127.0.0.1
          log.console.level = warning
          """
              .formatted(USER, broker.password));
      broker.begin();
      return broker;
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** The value of RABBITMQ_URL. */
  public String url() {
    return "amqp://%s:%s@127.0.0.1:%d".formatted(USER, password, port);
  }

  @Override
  public void kill() {
    List<ProcessHandle> all = supervisor.descendants().toList();
    try {
      supervisor.getOutputStream().close();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    await(() -> !supervisor.isAlive() && all.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Override
  public void restart() {
    begin();
    command("eval", ELECTION);
  }

  @Override
  public void close() {
    if (supervisor.isAlive()) {
      kill();
    }
  }

  private void begin() {
    try {
      supervisor =
          process(
                  List.of(
                      "bash",
                      "-c",
                      SUPERVISOR,
                      "rabbit",
                      programs.resolve("rabbitmq-server").toString()))
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
              .start();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    await(this::accepts);
  }

  private boolean accepts() {
    if (!supervisor.isAlive()) {
      throw new BenchException("RabbitMQ does not start; see " + folder.resolve("server.log"));
    }
    try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return connection.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private void command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(programs.resolve("rabbitmqctl").toString());
    command.add("--quiet");
    command.addAll(List.of(arguments));
    try {
      Process process = process(command).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new BenchException("rabbitmqctl %s: %s".formatted(arguments[0], output));
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    }
  }

  private ProcessBuilder process(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > end) {
          throw new BenchException("RabbitMQ needs longer than " + LIMIT);
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    }
  }

  /** Not the commands of the path: Debian's change the user, and need root for it. */
  private static Optional<Path> programs() {
    for (Path parent :
        List.of(
            Path.of("/usr/lib/rabbitmq/lib"),
            Path.of("/opt/homebrew/opt"),
            Path.of("/usr/local/opt"))) {
      if (Files.isDirectory(parent)) {
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(parent, "rabbitmq*")) {
          for (Path version : versions) {
            if (Files.isExecutable(version.resolve("sbin/rabbitmq-server"))) {
              return Optional.of(version.resolve("sbin"));
            }
          }
        } catch (IOException cause) {
          throw new UncheckedIOException(cause);
        }
      }
    }
    return Optional.empty();
  }
}
