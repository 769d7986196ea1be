package io.boxoffice.site;

import io.boxoffice.platform.database.embedded.EmbeddedServer;
import io.boxoffice.platform.database.embedded.EmbeddedSettings;
import io.boxoffice.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL server of one site, which can be frozen and thawed, for tests. */
final class SiteServer implements AutoCloseable {
  private final Path folder;
  private final EmbeddedServer server;

  private SiteServer(Path folder, EmbeddedServer server) {
    this.folder = folder;
    this.server = server;
  }

  /** Starts a server that replicates rows to other servers. */
  static SiteServer start() throws IOException {
    Path folder = Files.createTempDirectory("boxoffice-test");
    EmbeddedSettings settings = new EmbeddedSettings(folder.toString(), 0);
    EmbeddedServer first = EmbeddedServer.start(settings);
    database(first)
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("ALTER SYSTEM SET wal_level = 'logical'");
              handle.execute("ALTER SYSTEM SET wal_retrieve_retry_interval = '200ms'");
              handle.execute("ALTER SYSTEM SET wal_sender_timeout = '5s'");
              // Each test has two subscriptions of its own.
              handle.execute("ALTER SYSTEM SET max_worker_processes = 40");
              handle.execute("ALTER SYSTEM SET max_logical_replication_workers = 30");
              handle.execute("ALTER SYSTEM SET max_replication_slots = 30");
              handle.execute("ALTER SYSTEM SET max_active_replication_origins = 30");
              handle.execute("ALTER SYSTEM SET max_wal_senders = 30");
            });
    first.stop();
    return new SiteServer(folder, EmbeddedServer.start(settings));
  }

  private static TestDatabase database(EmbeddedServer server) {
    return new TestDatabase(server.jdbcUrl(), server.user(), server.password());
  }

  /** Returns the database for administration. */
  TestDatabase admin() {
    return database(server);
  }

  /** Creates a database without a schema, whose commits do not wait for another server. */
  TestDatabase createDatabase(String name) {
    TestDatabase admin = admin();
    admin
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("CREATE DATABASE " + name);
              handle.execute("ALTER DATABASE " + name + " SET synchronous_commit = local");
            });
    return new TestDatabase(
        admin.url().replaceFirst("/[^/]+$", "/" + name), admin.user(), admin.password());
  }

  /** Returns how another server connects to a database of this one. */
  String conninfo(TestDatabase database) {
    return "host=127.0.0.1 port=%s dbname=%s user=%s password=%s"
        .formatted(
            database.url().replaceFirst("^.*:([0-9]+)/.*$", "$1"),
            database.url().replaceFirst("^.*/", ""),
            database.user(),
            database.password());
  }

  /** Lets commits of sales wait for the named subscription; blank for none. */
  void waitFor(String subscription) {
    admin()
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("ALTER SYSTEM SET synchronous_standby_names = '" + subscription + "'");
              handle.select("SELECT pg_reload_conf()").mapToMap().one();
            });
  }

  /** Stops all processes of the server where they are. */
  void freeze() throws Exception {
    signal("-STOP");
  }

  /** Lets them go on. */
  void thaw() throws Exception {
    signal("-CONT");
  }

  private void signal(String signal) throws Exception {
    long postmaster =
        Long.parseLong(
            Files.readAllLines(folder.resolve("postgresql").resolve("postmaster.pid")).get(0));
    List<String> command = new ArrayList<>(List.of("kill", signal));
    ProcessHandle main = ProcessHandle.of(postmaster).orElseThrow();
    Stream.concat(Stream.of(main), main.descendants())
        .forEach(process -> command.add(Long.toString(process.pid())));
    Process kill = new ProcessBuilder(command).inheritIO().start();
    if (!kill.waitFor(5, TimeUnit.SECONDS)) {
      throw new IllegalStateException("kill did not end");
    }
  }

  @Override
  public void close() throws IOException {
    server.stop();
  }
}
