package io.boxoffice.platform.database.embedded;

import io.boxoffice.platform.StartupException;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs PostgreSQL's programs and reports why one failed. The library's own start waits for its full
 * limit even if the server has ended, and its programs pass paths to a shell that interprets {@code
 * $} and quotes.
 */
final class PostgresPrograms {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresPrograms.class);
  private static final Duration SETUP_LIMIT = Duration.ofMinutes(5);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  /** How much longer than its own limit a program may take. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final String IF_DAMAGED =
      " If the folder is damaged, put a backup in its place, or set DATA_DIR to another folder.";

  /**
   * The free space in bytes below which a server that fails to start may be unable to log the
   * reason.
   */
  private static final long MIN_FREE_BYTES = 1 << 20;

  /** The result of a program. */
  private record Outcome(int exitCode, String output) {}

  private final Path binaries;
  private final Path log;

  PostgresPrograms(Path binaries, Path log) {
    this.binaries = binaries;
    this.log = log;
  }

  /** The major version of these programs, such as 18. */
  String version() throws IOException {
    Outcome outcome = run(List.of(program("postgres"), "--version"), "", GRACE);
    require(outcome, "The programs in %s do not run".formatted(binaries), "");
    return outcome.output().replaceFirst("(?s)^.* (\\d+)[^ ]*\\s*$", "$1");
  }

  /** Creates a new database in a folder that does not exist yet. */
  void initdb(Path folder, Path passwordFile) throws IOException {
    try (ShellSafe safe = ShellSafe.view(binaries)) {
      Outcome outcome =
          run(
              List.of(
                  safe.initdb().toString(),
                  "--pgdata=" + folder,
                  "--username=postgres",
                  "--pwfile=" + passwordFile,
                  "--auth=scram-sha-256",
                  "--encoding=UTF-8",
                  "--locale=C.UTF-8"),
              "",
              SETUP_LIMIT);
      require(outcome, "The database in %s cannot be made".formatted(folder.getParent()), "");
    }
  }

  /** Runs SQL on a database while no server has it open. */
  void single(Path data, String sql) throws IOException {
    Outcome outcome =
        run(
            List.of(program("postgres"), "--single", "-D", data.toString(), "postgres"),
            sql + "\n",
            SETUP_LIMIT);
    require(outcome, "The database in %s cannot be changed".formatted(data), IF_DAMAGED);
  }

  /** Starts a server and returns once it accepts connections. */
  void start(Path data, List<String> options) throws IOException {
    long logged = Files.exists(log) ? Files.size(log) : 0;
    // pg_ctl starts the server through a shell, so paths that a shell might misread are passed as
    // relative paths.
    Path home = data.getParent();
    boolean safe = ShellSafe.isSafe(data) && ShellSafe.isSafe(binaries);
    Path postgres = binaries.resolve("bin").resolve("postgres");
    int exitCode =
        run(
            List.of(
                program("pg_ctl"),
                "-D",
                (safe ? data : home.relativize(data)).toString(),
                "-p",
                (safe ? postgres : home.relativize(postgres)).toString(),
                "-o",
                String.join(" ", options),
                "-t",
                Long.toString(START_LIMIT.toSeconds()),
                "-w",
                "start"),
            home,
            START_LIMIT.plus(GRACE));
    if (exitCode != 0) {
      Outcome outcome = new Outcome(exitCode, loggedSince(logged));
      // The server may still be starting; if it has ended, its postmaster.pid may be stale.
      boolean stopped = hasStopped(data);
      LOG.debug("The server that did not start has stopped: {}", stopped);
      require(outcome, "The server in %s did not start".formatted(data), IF_DAMAGED);
    }
  }

  /** Stops a server and closes its connections. */
  void stop(Path data) throws IOException {
    if (!hasStopped(data)) {
      LOG.error("PostgreSQL did not stop in {}; see {}", data, log);
    }
  }

  private boolean hasStopped(Path data) throws IOException {
    // A server that has ended by itself removes this file.
    if (!Files.exists(data.resolve("postmaster.pid"))) {
      return true;
    }
    int exitCode =
        run(
            List.of(
                program("pg_ctl"),
                "-D",
                data.toString(),
                "-m",
                "fast",
                "-t",
                Long.toString(STOP_LIMIT.toSeconds()),
                "-w",
                "stop"),
            data.getParent(),
            STOP_LIMIT.plus(GRACE));
    return exitCode == 0;
  }

  private void require(Outcome outcome, String summary, String hint) throws IOException {
    if (outcome.exitCode() == 0) {
      return;
    }
    String text = Reason.in(outcome.output());
    boolean full = Files.getFileStore(log.getParent()).getUsableSpace() < MIN_FREE_BYTES;
    String reason = full && !text.contains("space") ? "No space left on device. " + text : text;
    String advice = Reason.advice(reason, "%s may tell more.%s".formatted(log, hint));
    throw new StartupException(
        "%s: %s. %s"
            .formatted(
                summary,
                reason.isBlank() ? "its program ended with " + outcome.exitCode() : reason,
                advice));
  }

  private String program(String name) {
    return binaries.resolve("bin").resolve(name).toString();
  }

  /** The text that was logged after the position. If the log became shorter, the text is empty. */
  private String loggedSince(long position) throws IOException {
    if (!Files.exists(log)) {
      return "";
    }
    byte[] all = Files.readAllBytes(log);
    int from = (int) Math.min(position, all.length);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8);
  }

  /**
   * Runs a program that starts a server. The server may outlive the program, so the output goes
   * directly to the log.
   */
  private int run(List<String> command, Path folder, Duration limit) throws IOException {
    ProcessBuilder builder = builder(command).directory(folder.toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectInput(new File("/dev/null"));
    Process process = builder.start();
    return await(process, limit);
  }

  /** Runs a program and keeps its output in memory, because a full disk would lose it. */
  private Outcome run(List<String> command, String input, Duration limit) throws IOException {
    Process process = builder(command).start();
    CompletableFuture<String> output =
        CompletableFuture.supplyAsync(() -> read(process), thread -> new Thread(thread).start());
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException endedAlready) {
      // The exit code shows whether the program failed.
    }
    int exitCode = await(process, limit);
    String text;
    try {
      text = output.get(GRACE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | InterruptedException | TimeoutException unread) {
      text = "";
    }
    appendToLog(text);
    return new Outcome(exitCode, text);
  }

  private void appendToLog(String text) {
    try {
      Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException full) {
      // The exception of a failed program contains the important line.
    }
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static ProcessBuilder builder(List<String> command) {
    List<String> whole = new ArrayList<>();
    // PostgreSQL does not run as root. In its own user namespace, root counts as another user.
    if (LinuxUtils.isUnshareAvailable()) {
      whole.addAll(List.of("unshare", "-U"));
    }
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
    // Removes the PG* variables, which are settings for other servers, and sets the language of
    // messages.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static int await(Process process, Duration limit) throws IOException {
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IOException(
            "%s took longer than %d s"
                .formatted(process.info().command().orElse("a program"), limit.toSeconds()));
      }
      return process.exitValue();
    } catch (InterruptedException cause) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", cause);
    }
  }
}
