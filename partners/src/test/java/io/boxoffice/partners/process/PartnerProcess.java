package io.boxoffice.partners.process;

import io.boxoffice.partners.testing.Eventually;
import io.boxoffice.partners.testing.PartnerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the packaged jar as a process. Its output goes to a file that a test can read. */
final class PartnerProcess implements AutoCloseable {
  private static final int LIMIT_SECONDS = 60;
  private static final Pattern LISTENING =
      Pattern.compile("Listening on port (\\d+), admin port (\\d+)");

  private final Process process;
  private final Path output;

  /** Starts the jar on free ports and does not wait. */
  PartnerProcess(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                "target/boxoffice-partners.jar"));
    command.addAll(List.of(arguments));
    output = Files.createTempFile("partner", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(Map.of("PORT", "0", "ADMIN_PORT", "0", "PARTNER_TOKEN", PartnerClient.TOKEN));
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** Waits until the partner accepts requests, and returns a client. */
  PartnerClient awaitClient() {
    return awaitClient(1);
  }

  /** Waits until the partner accepts requests, and returns a client of the admin port. */
  PartnerClient awaitAdminClient() {
    return awaitClient(2);
  }

  private PartnerClient awaitClient(int port) {
    Eventually.holds(() -> LISTENING.matcher(output()).find() || !process.isAlive());
    Matcher listening = LISTENING.matcher(output());
    if (!listening.find()) {
      throw new AssertionError("ended at once:\n" + output());
    }
    return new PartnerClient("http://localhost:" + listening.group(port));
  }

  /** Waits until the process ends, and returns its exit code. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("did not end:\n" + output());
    }
    return process.exitValue();
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitExit();
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
      kill();
    }
  }
}
