package io.boxoffice.process;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the packaged jar as a process. Its output goes to a file that a test can read. */
final class ServiceProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * A value of RATE_LIMITS for tests that send all orders from one address, of which the shipped
   * limit would refuse most.
   */
  static final String MANY_ORDERS =
      """
      [{"name": "orders", "quota": 1000000, "window": "1s", "method": "POST",
        "route": "/v1/concerts/{concertId}/orders"}]
      """;

  private static final Pattern LISTENING = Pattern.compile("Listening on port (\\d+)");

  private final Process process;
  private final Path output;

  private ServiceProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts {@code server config.yml} on free ports and does not wait. */
  static ServiceProcess server(Map<String, String> environment) {
    return run(environment, "server", "../config.yml");
  }

  /** Starts the payment partner and does not wait. Its jar must have been built. */
  static ServiceProcess partner(Map<String, String> environment) {
    return start("../partners/target/boxoffice-partners.jar", environment, "payment");
  }

  /** Starts any command of the jar and does not wait. */
  static ServiceProcess run(Map<String, String> environment, String... arguments) {
    return start("target/boxoffice.jar", environment, arguments);
  }

  private static ServiceProcess start(
      String jar, Map<String, String> environment, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                // Most processes live for seconds, so the second compiler costs more than it gains.
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("boxoffice", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().putAll(Map.of("PORT", "0", "ADMIN_PORT", "0"));
      builder.environment().putAll(environment);
      return new ServiceProcess(builder.start(), output);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** Waits until the service accepts requests, and returns a client. */
  ApiClient awaitClient() {
    try {
      Eventually.within(LIMIT, () -> LISTENING.matcher(output()).find() || !process.isAlive());
    } catch (AssertionError late) {
      throw new AssertionError("did not start:\n" + output(), late);
    }
    Matcher listening = LISTENING.matcher(output());
    if (!listening.find()) {
      throw new AssertionError("ended at once:\n" + output());
    }
    return new ApiClient("http://localhost:" + listening.group(1));
  }

  /** Waits until the process ends, and returns its exit code. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("did not end:\n" + output());
    }
    return process.exitValue();
  }

  /** Sends SIGTERM and does not wait. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitExit();
  }

  /** Sends a signal such as STOP or CONT. */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    } catch (InterruptedException cause) {
      throw new IllegalStateException(cause);
    }
  }

  /** Returns whether the process runs. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** Returns the child processes and their child processes. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Returns the output so far. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      terminate();
      awaitExit();
    }
  }
}
