package io.boxoffice.platform.database;

import io.boxoffice.platform.StartupException;
import io.dropwizard.lifecycle.Managed;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL of this process's own, for a laptop: durable, kept between runs, reachable from
 * this machine only and with a password. A server that was killed leaves its PostgreSQL behind; the
 * next start in the same folder stops that one first.
 */
public final class EmbeddedServer implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
  private static final String SUPERUSER = "postgres";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration ORPHAN_STOP_LIMIT = Duration.ofSeconds(20);

  private final DataDirectory directory;
  private final EmbeddedPostgres server;
  private final String password;

  private EmbeddedServer(DataDirectory directory, EmbeddedPostgres server, String password) {
    this.directory = directory;
    this.server = server;
    this.password = password;
  }

  /**
   * Starts it, waiting at most a minute.
   *
   * @throws StartupException when the folder is in use or the server does not come up
   */
  public static EmbeddedServer start(EmbeddedSettings settings) {
    DataDirectory directory = DataDirectory.take(Path.of(settings.directory()));
    try {
      stopOrphan(directory.postgresql());
      String password = directory.password();
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setDataDirectory(directory.postgresql())
              .setOverrideWorkingDirectory(directory.binaries().toFile())
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPort(settings.port())
              .setPGStartupWait(START_LIMIT)
              .setConnectConfig("password", password)
              // The library hands these to initdb, where a later option wins over its own "trust".
              .setLocaleConfig("auth", "scram-sha-256")
              .setLocaleConfig("pwfile", directory.passwordFile().toString())
              .setLocaleConfig("locale", "C.UTF-8")
              // The library's defaults would lose acknowledged sales in a crash.
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("max_connections", "100")
              .setServerConfig("unix_socket_directories", "")
              // Keeps row values, such as e-mail addresses, out of PostgreSQL's log.
              .setServerConfig("log_error_verbosity", "terse")
              .setOutputRedirector(ProcessBuilder.Redirect.appendTo(directory.log().toFile()))
              .setErrorRedirector(ProcessBuilder.Redirect.appendTo(directory.log().toFile()))
              .start();
      return new EmbeddedServer(directory, server, password);
    } catch (IOException | RuntimeException cause) {
      directory.close();
      throw cause instanceof StartupException refusal
          ? refusal
          : new StartupException(
              "The embedded PostgreSQL did not start: %s. %s may tell more."
                  .formatted(cause.getMessage(), directory.log()),
              cause);
    }
  }

  /** Where to connect, as JDBC wants it. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), SUPERUSER);
  }

  /** Whom to connect as. */
  public String user() {
    return SUPERUSER;
  }

  /** The password of {@link #user()}. */
  public String password() {
    return password;
  }

  @Override
  public void stop() throws IOException {
    server.close();
    directory.close();
  }

  private static void stopOrphan(Path dataDirectory) throws IOException {
    Path pidFile = dataDirectory.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    ProcessHandle orphan = ProcessHandle.of(pid).filter(p -> serves(p, dataDirectory)).orElse(null);
    if (orphan == null) {
      return; // A stale file; PostgreSQL sees that by itself and recovers.
    }
    LOG.warn("Stopping the PostgreSQL (process {}) that an earlier run left behind", pid);
    orphan.destroy();
    if (!ended(orphan)) {
      orphan.destroyForcibly();
      if (!ended(orphan)) {
        throw new StartupException(
            "A PostgreSQL of an earlier run (process %d) does not stop. End it and start again."
                .formatted(pid));
      }
    }
  }

  /** Process ids are used again, so the command line must name this very data directory. */
  private static boolean serves(ProcessHandle process, Path dataDirectory) {
    return process
        .info()
        .commandLine()
        .filter(line -> line.contains("postgres") && line.contains(dataDirectory.toString()))
        .isPresent();
  }

  private static boolean ended(ProcessHandle process) {
    try {
      process.onExit().get(ORPHAN_STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException stillRunning) {
      return false;
    } catch (ExecutionException | InterruptedException cause) {
      throw new IllegalStateException(cause);
    }
  }
}
