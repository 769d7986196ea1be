package io.boxoffice.testing;

import io.boxoffice.platform.database.Schema;
import io.boxoffice.platform.database.embedded.EmbeddedServer;
import io.boxoffice.platform.database.embedded.EmbeddedSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Runs a primary and a standby of its own, with streaming replication, for tests of both. */
public final class TestCluster implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String DATA = "postgresql";

  /** Files of the processes that run in a folder, which a copy must not have. */
  private static final Set<String> OF_PROCESSES =
      Set.of("postmaster.pid", "postmaster.opts", "boxoffice.lock", "boxoffice.pid");

  private final Path folder;
  private final Node primary;
  private Node standby;

  /**
   * A server of the cluster.
   *
   * @param folder holds its programs and data
   */
  private record Node(Path folder, EmbeddedServer server) {
    static Node start(Path folder, int port) {
      return new Node(folder, EmbeddedServer.start(new EmbeddedSettings(folder.toString(), port)));
    }

    TestDatabase database() {
      return new TestDatabase(server.jdbcUrl(), server.user(), server.password());
    }

    int port() {
      return Integer.parseInt(server.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    void stop() {
      try {
        server.stop();
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      }
    }
  }

  private TestCluster() throws IOException {
    folder = Files.createTempDirectory("boxoffice-test");
    primary = Node.start(Files.createDirectory(folder.resolve("primary")), 0);
    Schema.migrate(primary.database().settings());
    standby = Node.start(copy(), 0);
    Eventually.within(LIMIT, () -> standby().jdbi().withHandle(TestCluster::isMigrated));
  }

  /** Starts both servers, with the service's schema. */
  public static TestCluster start() {
    try {
      return new TestCluster();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** The primary. */
  public TestDatabase primary() {
    return primary.database();
  }

  /** The standby, which can read only until it is promoted. */
  public TestDatabase standby() {
    return standby.database();
  }

  /** An address with both servers, the primary in front. */
  public String bothUrl() {
    return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postgres"
        .formatted(primary.port(), standby.port());
  }

  /** Stops or continues the replay: the standby then keeps its old data, and receives more. */
  public void pauseReplay(boolean paused) {
    standby()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    paused ? "SELECT pg_wal_replay_pause()" : "SELECT pg_wal_replay_resume()"));
    if (paused) {
      Eventually.within(
          LIMIT, () -> text("SELECT pg_get_wal_replay_pause_state()").equals("paused"));
    }
  }

  /** Waits until the standby has what the primary has now. */
  public void awaitReplay() {
    String written =
        primary()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("SELECT pg_current_wal_lsn()::text")
                        .mapTo(String.class)
                        .one());
    Eventually.within(
        LIMIT,
        () -> text("SELECT (pg_last_wal_replay_lsn() >= '" + written + "')::text").equals("true"));
  }

  private String text(String query) {
    return standby()
        .jdbi()
        .withHandle(handle -> handle.createQuery(query).mapTo(String.class).one());
  }

  /** Makes the standby a primary. */
  public void promote() {
    text("SELECT pg_promote()::text");
  }

  /** Stops the primary for good. */
  public void stopPrimary() {
    primary.stop();
  }

  /** Kills the standby with SIGKILL. */
  public void killStandby() {
    List<ProcessHandle> processes = processes(standby);
    processes.forEach(ProcessHandle::destroyForcibly);
    Eventually.within(LIMIT, () -> processes.stream().noneMatch(ProcessHandle::isAlive));
    try {
      // So that nothing tries to stop a server that has ended.
      Files.delete(lock(standby));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** Stops the processes of the standby with SIGSTOP, or continues them. */
  public void freezeStandby(boolean frozen) {
    signal(standby, frozen ? "STOP" : "CONT");
  }

  /** Stops the processes of the primary with SIGSTOP, or continues them. */
  public void freezePrimary(boolean frozen) {
    signal(primary, frozen ? "STOP" : "CONT");
  }

  private static void signal(Node node, String name) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes(node).forEach(process -> command.add(Long.toString(process.pid())));
    try {
      int exitCode = new ProcessBuilder(command).start().waitFor();
      if (exitCode != 0) {
        throw new IllegalStateException(command + " ended with " + exitCode);
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    } catch (InterruptedException cause) {
      throw new IllegalStateException(cause);
    }
  }

  /** The server's first process and its children. */
  private static List<ProcessHandle> processes(Node node) {
    try {
      long id = Long.parseLong(Files.readAllLines(lock(node)).get(0).strip());
      ProcessHandle server = ProcessHandle.of(id).orElseThrow();
      return Stream.concat(Stream.of(server), server.children()).toList();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private static Path lock(Node node) {
    return node.folder().resolve(DATA).resolve("postmaster.pid");
  }

  /** Starts the killed standby again, at the same port. */
  public void restartStandby() {
    int port = standby.port();
    standby.stop();
    standby = Node.start(standby.folder(), port);
  }

  private static boolean isMigrated(Handle handle) {
    return handle
        .createQuery("SELECT to_regclass('databasechangelog') IS NOT NULL")
        .mapTo(Boolean.class)
        .one();
  }

  /** Copies the primary while it runs (PostgreSQL manual, 25.3.4). */
  private Path copy() throws IOException {
    Path copy = folder.resolve("standby");
    try (Handle backup = primary().jdbi().open()) {
      backup.execute("SELECT pg_backup_start('copy', true)");
      copyFiles(primary.folder(), copy);
      String label =
          backup
              .createQuery("SELECT labelfile FROM pg_backup_stop(false)")
              .mapTo(String.class)
              .one();
      Path data = copy.resolve(DATA);
      Files.writeString(data.resolve("backup_label"), label);
      Files.writeString(data.resolve("standby.signal"), "");
      Files.writeString(
          data.resolve("postgresql.auto.conf"),
          """
          primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s'
          wal_retrieve_retry_interval = '500ms'
          """
              .formatted(primary.port(), primary().user(), primary().password()));
      return copy;
    }
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        if (!OF_PROCESSES.contains(file.getFileName().toString())) {
          copyFile(file, to.resolve(from.relativize(file)));
        }
      }
    }
  }

  private static void copyFile(Path file, Path copy) throws IOException {
    try {
      Files.copy(
          file, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException removedMeanwhile) {
      return; // Its removal is in the WAL.
    }
  }

  /** Stops both servers and deletes their data. */
  @Override
  public void close() {
    standby.stop();
    primary.stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
