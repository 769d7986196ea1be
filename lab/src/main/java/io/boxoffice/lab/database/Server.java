package io.boxoffice.lab.database;

import io.boxoffice.lab.host.Command;
import io.boxoffice.lab.host.Leftovers;
import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.host.Requirements;
import io.boxoffice.lab.topology.Waiting;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;

/** One PostgreSQL that no manager starts or configures. */
final class Server {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Node node;
  private final Credentials credentials;
  private final Supplier<Path> programs;
  private final String settings;

  /** One of the newest PostgreSQL that is installed. */
  Server(Node node, Credentials credentials) {
    this(node, credentials, Requirements::postgresql, "");
  }

  /**
   * One that {@link #create} makes.
   *
   * @param programs gives the folder of PostgreSQL's programs
   * @param settings lines that are added to postgresql.conf
   */
  Server(Node node, Credentials credentials, Supplier<Path> programs, String settings) {
    this.node = node;
    this.credentials = credentials;
    this.programs = programs;
    this.settings = settings;
  }

  Node node() {
    return node;
  }

  private Path data() {
    return node.folder().resolve("data");
  }

  private String program(String name) {
    return programs.get().resolve(name).toString();
  }

  /** Creates its files, and the user that standbys connect with. */
  void create() {
    Path password = node.folder().resolve("password");
    write(password, credentials.superuser() + "\n");
    own();
    List<String> command = new ArrayList<>(List.of(program("initdb"), "-D", data().toString()));
    command.addAll(List.of("-U", "postgres", "--pwfile", password.toString()));
    command.addAll(List.of("-E", "UTF8", "--locale", "C.UTF-8", "-A", "scram-sha-256", "-k"));
    node.runAsPostgres(LIMIT, command);
    append(
        data().resolve("postgresql.conf"),
        """
        listen_addresses = '%s'
        unix_socket_directories = '%s'
        shared_buffers = 64MB
        wal_keep_size = 128MB
        """
            .formatted(node.address(), node.folder()));
    append(data().resolve("postgresql.conf"), settings);
    append(
        data().resolve("pg_hba.conf"),
        """
        host replication replicator 10.77.0.0/24 scram-sha-256
        host all all 10.77.0.0/16 scram-sha-256
        """);
    start();
    awaitConnections();
    execute(
        "CREATE ROLE replicator LOGIN REPLICATION PASSWORD '%s'"
            .formatted(credentials.replication()));
  }

  /** Copies the files of another server, to follow it. */
  void follow(Server primary) {
    node.kill(Processes.POSTGRESQL);
    if (Files.exists(data())) {
      Leftovers.delete(data());
    }
    own();
    node.runAsPostgres(
        LIMIT,
        List.of(
            program("pg_basebackup"),
            "--dbname=" + primary.replication(),
            "--pgdata=" + data(),
            "--write-recovery-conf",
            "--checkpoint=fast",
            "--wal-method=stream"));
    String settings =
        """
        listen_addresses = '%s'
        unix_socket_directories = '%s'
        """
            .formatted(node.address(), node.folder());
    append(data().resolve("postgresql.conf"), settings);
    start();
    awaitConnections();
  }

  /** The address for standbys. */
  String replication() {
    return "host=%s port=%d user=replicator password=%s"
        .formatted(node.address(), PatroniFiles.POSTGRESQL_PORT, credentials.replication());
  }

  /** Starts it, if it does not run; does not wait. */
  void start() {
    if (node.processes(Processes.POSTGRESQL).isEmpty()) {
      node.startAsPostgres(
          "postgresql", Map.of(), List.of(program("postgres"), "-D", data().toString()));
    }
  }

  /** Stops it in order, and waits. */
  void stop() {
    node.runAsPostgres(
        LIMIT, List.of(program("pg_ctl"), "stop", "-D", data().toString(), "-m", "fast", "-w"));
  }

  void awaitConnections() {
    Waiting.require("PostgreSQL on %s takes connections".formatted(node), this::answers, LIMIT);
  }

  boolean answers() {
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** Runs a statement as the superuser. */
  void execute(String sql) {
    execute("postgres", sql);
  }

  /** Runs a statement as the superuser in a database. */
  void execute(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException cause) {
      throw new BenchException("The database reported an error: " + cause.getMessage(), cause);
    }
  }

  /** A connection of the superuser; an answer takes 1 s at most. */
  Connection connect() throws SQLException {
    return connect("postgres");
  }

  /** The same to another database. */
  Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("password", credentials.superuser());
    properties.setProperty("connectTimeout", "1");
    properties.setProperty("socketTimeout", "1");
    properties.setProperty("loginTimeout", "1");
    properties.setProperty("sslmode", "disable");
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(node.address(), PatroniFiles.POSTGRESQL_PORT, database),
        properties);
  }

  private void own() {
    Command.require("chown", "-R", "postgres:postgres", node.folder().toString());
    // It has passwords.
    Command.require("chmod", "700", node.folder().toString());
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException cause) {
      throw new BenchException("Cannot write " + file, cause);
    }
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.APPEND);
    } catch (IOException cause) {
      throw new BenchException("Cannot write " + file, cause);
    }
  }
}
