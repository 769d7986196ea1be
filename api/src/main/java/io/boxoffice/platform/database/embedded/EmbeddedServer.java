package io.boxoffice.platform.database.embedded;

import io.boxoffice.platform.StartupException;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.postgresql.util.PSQLState;
import org.postgresql.util.PasswordUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a PostgreSQL as part of the service, for local use. The data are durable and kept between
 * runs. Only this machine can connect, and only with a password. If the service is killed, its
 * PostgreSQL continues to run; the next start in the same folder stops it first.
 */
public final class EmbeddedServer implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
  private static final String SUPERUSER = "postgres";
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** The first connection in a new JVM also loads classes, which takes time. */
  private static final Duration LOGIN_LIMIT = Duration.ofSeconds(20);

  private final DataDirectory directory;
  private final PostgresPrograms programs;
  private final Cluster cluster;
  private final int port;
  private final String password;

  private EmbeddedServer(
      DataDirectory directory,
      PostgresPrograms programs,
      Cluster cluster,
      int port,
      String password) {
    this.directory = directory;
    this.programs = programs;
    this.cluster = cluster;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts the server. Waits at most a minute for the server itself.
   *
   * @throws StartupException when the folder is in use or the server does not start
   */
  public static EmbeddedServer start(EmbeddedSettings settings) {
    DataDirectory directory = DataDirectory.take(settings.directory());
    try {
      return start(directory, settings.port());
    } catch (StartupException failure) {
      directory.close();
      throw failure;
    } catch (IOException | UncheckedIOException cause) {
      directory.close();
      String reason = Reason.of(cause);
      throw new StartupException(
          "The embedded PostgreSQL in %s did not start: %s. %s"
              .formatted(
                  directory.root(),
                  reason,
                  Reason.advice(reason, "Put that right, or set DATA_DIR to another folder.")),
          cause);
    }
  }

  private static EmbeddedServer start(DataDirectory directory, int wantedPort) throws IOException {
    Cluster cluster = Cluster.at(directory.root().resolve("postgresql"));
    new LeftProcesses(cluster::owns).end();
    PostgresPrograms programs =
        new PostgresPrograms(PostgresBinaries.unpacked(directory.binaries()), directory.log());
    String password = directory.password();
    cluster.prepare(programs, directory.passwordFile());
    EmbeddedServer server =
        new EmbeddedServer(directory, programs, cluster, freePort(wantedPort), password);
    server.open();
    return server;
  }

  private void open() throws IOException {
    if (!startAndLogIn()) {
      // Write access to the folder is enough to set a new password, so the data survive the loss of
      // the password file.
      LOG.warn("{} does not fit the database: setting the password anew", directory.passwordFile());
      programs.single(cluster.folder(), setPassword());
      if (!startAndLogIn()) {
        throw new IOException("PostgreSQL does not take the password that was just set");
      }
    }
  }

  /**
   * Starts the server and logs in. Stops the server and returns false if it rejects the password.
   */
  private boolean startAndLogIn() throws IOException {
    startServer();
    try {
      login();
      return true;
    } catch (SQLException failure) {
      stopServer();
      if (PSQLState.INVALID_PASSWORD.getState().equals(failure.getSQLState())) {
        return false;
      }
      throw new StartupException(
          "The server in %s runs, but does not let the service in: %s. If the folder is damaged, put a backup in its place, or set DATA_DIR to another folder."
              .formatted(cluster.folder(), Reason.of(failure)),
          failure);
    }
  }

  /** Sends a SCRAM verifier, so that no log can contain the password. */
  private String setPassword() {
    return "ALTER ROLE %s PASSWORD '%s'"
        .formatted(SUPERUSER, PasswordUtil.encodeScramSha256(password.toCharArray()));
  }

  private void startServer() throws IOException {
    programs.start(
        cluster.folder(),
        List.of(
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=on",
            "-c",
            "synchronous_commit=on",
            "-c",
            "max_connections=100",
            "-c",
            "timezone=UTC",
            // Keeps row values, such as e-mail addresses, out of PostgreSQL's log.
            "-c",
            "log_error_verbosity=terse"));
  }

  private void login() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", SUPERUSER);
    properties.setProperty("password", password);
    properties.setProperty("loginTimeout", Long.toString(LOGIN_LIMIT.toSeconds()));
    DriverManager.getConnection(jdbcUrl(), properties).close();
  }

  private static int freePort(int wanted) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), wanted));
      return probe.getLocalPort();
    } catch (BindException taken) {
      throw new StartupException(
          "Port %d (EMBEDDED_PORT) cannot be used: %s. Stop what listens there, or set EMBEDDED_PORT to a free port or to 0."
              .formatted(wanted, taken.getMessage()),
          taken);
    }
  }

  /** The JDBC address of the server. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, SUPERUSER);
  }

  /** The user to connect as. */
  public String user() {
    return SUPERUSER;
  }

  /** The password of {@link #user()}. */
  public String password() {
    return password;
  }

  @Override
  public void stop() throws IOException {
    try {
      stopServer();
    } finally {
      directory.close();
    }
  }

  private void stopServer() throws IOException {
    programs.stop(cluster.folder());
  }
}
