package io.boxoffice.stress.bench.sql;

import io.boxoffice.stress.bench.safety.BenchException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/**
 * Gives a run a database of its own: on an embedded PostgreSQL with the settings of the service's
 * own, or on a server of this machine that the environment names.
 */
public final class DatabaseServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final BenchDatabase database;
  private final AutoCloseable atEnd;

  private DatabaseServer(BenchDatabase database, AutoCloseable atEnd) {
    this.database = database;
    this.atEnd = atEnd;
  }

  /** Opens one: in the given folder, or where BENCH_DATABASE_URL says. */
  public static DatabaseServer open(Path folder, Map<String, String> environment) {
    String url = environment.get("BENCH_DATABASE_URL");
    return url == null
        ? embedded(folder)
        : external(
            new BenchDatabase(
                url,
                environment.get("BENCH_DATABASE_USER"),
                environment.get("BENCH_DATABASE_PASSWORD")));
  }

  private static DatabaseServer external(BenchDatabase admin) {
    String name = "boxoffice_bench_" + ProcessHandle.current().pid();
    admin.execute("DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name);
    return new DatabaseServer(
        admin.named(name), () -> admin.execute("DROP DATABASE " + name + " WITH (FORCE)"));
  }

  private static DatabaseServer embedded(Path folder) {
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    String password = HexFormat.of().formatHex(secret);
    try {
      Path passwordFile =
          Files.createFile(
              folder.resolve("postgresql.password"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(passwordFile, password);
      ProcessBuilder.Redirect log =
          ProcessBuilder.Redirect.appendTo(folder.resolve("postgresql.log").toFile());
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.resolve("postgresql"))
              .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
              .setRegisterShutdownHook(false)
              .setPGStartupWait(START_LIMIT)
              .setConnectConfig("password", password)
              .setLocaleConfig("auth", "scram-sha-256")
              .setLocaleConfig("pwfile", passwordFile.toString())
              .setLocaleConfig("locale", "C.UTF-8")
              // The library turns both off; a commit that is not durable would be no baseline.
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("max_connections", "150")
              .setServerConfig("unix_socket_directories", "")
              .setOutputRedirector(log)
              .setErrorRedirector(log)
              .start();
      return new DatabaseServer(
          new BenchDatabase(
              "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.getPort()),
              "postgres",
              password),
          server);
    } catch (IOException | RuntimeException cause) {
      throw new BenchException("PostgreSQL did not start: " + cause.getMessage(), cause);
    }
  }

  /** The database. */
  public BenchDatabase database() {
    return database;
  }

  @Override
  public void close() throws Exception {
    atEnd.close();
  }
}
