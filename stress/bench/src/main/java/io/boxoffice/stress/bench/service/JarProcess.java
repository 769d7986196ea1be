package io.boxoffice.stress.bench.service;

import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** A process of one of the jars, on free ports of the loopback. Its output goes to a file. */
public final class JarProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Pattern LISTENING = Pattern.compile("Listening on port (\\d+)");

  private final Process process;
  private final Path log;

  private JarProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one in the current folder; does not wait.
   *
   * @param arguments those of the java command
   * @param settings environment variables
   */
  public static JarProcess start(List<String> arguments, Map<String, String> settings, Path log) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("BIND_HOST", "127.0.0.1");
    builder.environment().put("PORT", "0");
    builder.environment().put("ADMIN_PORT", "0");
    builder.environment().putAll(settings);
    try {
      return new JarProcess(builder.start(), log);
    } catch (IOException cause) {
      throw new BenchException(
          "Cannot start %s: %s".formatted(arguments, cause.getMessage()), cause);
    }
  }

  /** Waits until it listens, and gives its port. */
  public int awaitPort() {
    await(() -> LISTENING.matcher(output()).find());
    Matcher listening = LISTENING.matcher(output());
    if (!listening.find()) {
      throw new BenchException("A process did not start; see " + log);
    }
    return Integer.parseInt(listening.group(1));
  }

  /** Waits for a condition, until the process has ended or the time for its start is over. */
  public void await(BooleanSupplier condition) {
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

  /** Whether it has ended without an error. */
  public boolean hasSucceeded() {
    return !process.isAlive() && process.exitValue() == 0;
  }

  /** The process of the system. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** The file that has its output. */
  public Path log() {
    return log;
  }

  /** What it has printed. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** Empties its output. */
  public void emptyLog() {
    try {
      FileChannel.open(log, StandardOpenOption.WRITE).truncate(0).close();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** Ends it by SIGKILL, and waits for its end. */
  public void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new BenchException("A killed process does not end; see " + log);
      }
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
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
}
