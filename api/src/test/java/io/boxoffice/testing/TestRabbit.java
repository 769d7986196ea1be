package io.boxoffice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs a real RabbitMQ on the loopback, which a test can freeze, kill and start again. It has its
 * own ports, its own folder and its own port mapper (epmd), and uses no service of the machine.
 */
public final class TestRabbit implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);
  private static final String USER = "shop";
  private static final String PASSWORD = "quiet/pass+word%";
  private static final String ENCODED_PASSWORD = "quiet%2Fpass%2Bword%25";

  /**
   * Ends the server and its port mapper when the standard input ends: when the test closes it, and
   * when the JVM of the test dies by any cause.
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

  private final Path folder;
  private final int port;
  private final Map<String, String> environment;
  private Process supervisor;
  private boolean hasRun;

  private TestRabbit(Path folder, List<Integer> ports) {
    this.folder = folder;
    this.port = ports.get(0);
    this.environment = RabbitProgram.environment(folder, ports);
  }

  /** Whether the machine has a RabbitMQ. */
  public static boolean isInstalled() {
    return RabbitProgram.isInstalled();
  }

  /** Starts a broker, or skips the test if the machine has none. */
  public static TestRabbit running() {
    TestRabbit rabbit = absent();
    rabbit.start();
    return rabbit;
  }

  /** Returns the address of a broker that does not run yet, or skips the test. */
  public static TestRabbit absent() {
    if (!isInstalled()) {
      return Assumptions.abort(
          "skipped: RabbitMQ is not installed (apt-get install rabbitmq-server)");
    }
    try {
      Path folder = Files.createTempDirectory("boxoffice-test-rabbit");
      TestRabbit rabbit = new TestRabbit(folder, RabbitProgram.freePorts(3));
      Files.writeString(folder.resolve("plugins"), "[rabbitmq_consistent_hash_exchange].\n");
      Files.writeString(
          folder.resolve("rabbitmq.conf"),
          """
          default_user = %s
          default_pass = %s
          distribution.listener.interface = 127.0.0.1
          log.console.level = warning
          # A client that is refused hears it at once.
          auth_mechanisms.1 = PLAIN
          """
              .formatted(USER, PASSWORD));
      Runtime.getRuntime().addShutdownHook(new Thread(rabbit::close));
      return rabbit;
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** Starts the broker, with the data that it had. */
  public void start() {
    try {
      supervisor =
          process(
                  List.of(
                      "bash", "-c", SUPERVISOR, "rabbit", RabbitProgram.path("rabbitmq-server")))
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
              .start();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    Eventually.within(LIMIT, this::accepts);
    if (hasRun) {
      command("eval", ELECTION);
    }
    hasRun = true;
  }

  private ProcessBuilder process(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder;
  }

  private boolean accepts() {
    if (!supervisor.isAlive()) {
      throw new IllegalStateException("RabbitMQ does not start: " + log());
    }
    try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return connection.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Returns what the broker logged. */
  public String log() {
    try {
      return Files.readString(folder.resolve("server.log"), StandardCharsets.UTF_8);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** Returns the value of RABBITMQ_URL. */
  public String url() {
    return url(USER + ":" + ENCODED_PASSWORD, "");
  }

  /** The port of the loopback at which it accepts clients. */
  public int port() {
    return port;
  }

  /** Returns the value of RABBITMQ_URL for a client behind a proxy. */
  public String url(int proxy) {
    return "amqp://%s:%s@127.0.0.1:%d".formatted(USER, ENCODED_PASSWORD, proxy);
  }

  /** Creates a virtual host, in which nothing is declared, and returns its RABBITMQ_URL. */
  public String emptyHost() {
    String host = "test-" + UUID.randomUUID();
    command("add_vhost", host);
    command("set_permissions", "-p", host, USER, ".*", ".*", ".*");
    return url(USER + ":" + ENCODED_PASSWORD, "/" + host);
  }

  /** Returns the value of RABBITMQ_URL with other {@code user:password} and another path. */
  public String url(String credentials, String path) {
    return "amqp://%s@127.0.0.1:%d%s".formatted(credentials, port, path);
  }

  /** Gives the user of {@link #url()} another password, and closes its connections. */
  public void changePassword(String password) {
    command("change_password", USER, password);
    command("close_all_user_connections", USER, "the test changed the password");
  }

  /** Gives the user of {@link #url()} the password of {@link #url()} again. */
  public void restorePassword() {
    command("change_password", USER, PASSWORD);
  }

  /** Raises the memory alarm: the broker stops reading from connections that publish. */
  public void raiseMemoryAlarm() {
    command("set_vm_memory_high_watermark", "absolute", "1");
  }

  /** Ends the memory alarm. */
  public void clearMemoryAlarm() {
    command("set_vm_memory_high_watermark", "0.6");
  }

  /** Deletes a queue with its messages. */
  public void deleteQueue(String host, String queue) {
    command("delete_queue", "-p", host, queue);
  }

  /** Ends each connection of clients. */
  public void closeConnections() {
    command("close_all_connections", "the test closes them");
  }

  /** Runs a command of rabbitmqctl and returns what it printed. */
  public String command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(RabbitProgram.path("rabbitmqctl"));
    command.add("--quiet");
    command.addAll(List.of(arguments));
    try {
      Process process = process(command).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)
          || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(arguments[0] + ": " + output);
      }
      return output;
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    } catch (InterruptedException cause) {
      throw new IllegalStateException(cause);
    }
  }

  /** Stops the broker without ending it: it accepts connections and answers nothing. */
  public void freeze() {
    signal("-STOP");
  }

  /** Lets a frozen broker go on. */
  public void thaw() {
    signal("-CONT");
  }

  private void signal(String signal) {
    long server =
        supervisor
            .descendants()
            .filter(child -> child.info().command().orElse("").endsWith("/beam.smp"))
            .findFirst()
            .orElseThrow()
            .pid();
    try {
      int code = new ProcessBuilder("kill", signal, Long.toString(server)).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill " + signal + " ended with " + code);
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    } catch (InterruptedException cause) {
      throw new IllegalStateException(cause);
    }
  }

  /** Ends the broker by SIGKILL. It keeps its data. */
  public void kill() {
    List<ProcessHandle> all = supervisor.descendants().toList();
    try {
      supervisor.getOutputStream().close();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    supervisor.onExit().orTimeout(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    Eventually.within(COMMAND_LIMIT, () -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** Ends the broker and deletes its folder. */
  @Override
  public synchronized void close() {
    if (supervisor != null && supervisor.isAlive()) {
      kill();
    }
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
