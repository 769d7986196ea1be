package io.boxoffice.lab.host;

import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command of the system to its end, within a limit of time. */
public final class Command {
  /** Enough for every command that only changes the state of the kernel. */
  private static final Duration SHORT = Duration.ofSeconds(10);

  private Command() {}

  /**
   * What a command printed.
   *
   * @param code its exit code
   * @param output both of its streams
   */
  public record Result(int code, String output) {}

  /**
   * Runs one.
   *
   * @throws BenchException when it cannot start or does not end in time
   */
  public static Result run(Duration limit, List<String> command) {
    try {
      // Not a pipe: a daemon that the command leaves behind would keep it open.
      Path output = Files.createTempFile("boxoffice-lab", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new BenchException(
              "%s did not end within %d s".formatted(command, limit.toSeconds()));
        }
        return new Result(
            process.exitValue(),
            new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip());
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException cause) {
      throw new BenchException("Cannot run %s: %s".formatted(command, cause.getMessage()), cause);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    }
  }

  /**
   * Runs one that must succeed within 10 s, and gives what it printed.
   *
   * @throws BenchException when it fails
   */
  public static String require(String... command) {
    return require(SHORT, List.of(command));
  }

  /**
   * Runs one that must succeed, and gives what it printed.
   *
   * @throws BenchException when it fails
   */
  public static String require(Duration limit, List<String> command) {
    Result result = run(limit, command);
    if (result.code() != 0) {
      throw new BenchException(
          "%s failed with %d: %s"
              .formatted(String.join(" ", command), result.code(), result.output()));
    }
    return result.output();
  }
}
