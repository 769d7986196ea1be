package io.boxoffice.testing;

import io.boxoffice.account.session.SigningKeys;
import io.boxoffice.platform.database.DatabaseSettings;
import io.boxoffice.platform.database.Schema;
import io.boxoffice.platform.database.embedded.EmbeddedServer;
import io.boxoffice.platform.database.embedded.EmbeddedSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * Gives each test a database of its own on a PostgreSQL server that all tests share. The server is
 * the embedded one, or the one that TEST_DATABASE_URL, TEST_DATABASE_USER and
 * TEST_DATABASE_PASSWORD name. That user needs the right to create databases.
 */
public record TestDatabase(String url, String user, String password) {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String RUN = Long.toString(ProcessHandle.current().pid());

  /** The shared server. The first test that needs it starts it, and it stops with the process. */
  private static final class Server {
    static final TestDatabase ADMIN = start();
    static final String TEMPLATE = migratedTemplate();

    private static TestDatabase start() {
      String external = System.getenv("TEST_DATABASE_URL");
      if (external != null) {
        return new TestDatabase(
            external, System.getenv("TEST_DATABASE_USER"), System.getenv("TEST_DATABASE_PASSWORD"));
      }
      try {
        Path folder = Files.createTempDirectory("boxoffice-test");
        EmbeddedServer server = EmbeddedServer.start(new EmbeddedSettings(folder.toString(), 0));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        TestDatabase admin = new TestDatabase(server.jdbcUrl(), server.user(), server.password());
        // A commit of a test does not wait for the disk: only a crash of this server could lose it.
        admin
            .jdbi()
            .useHandle(handle -> handle.execute("ALTER ROLE ALL SET synchronous_commit = off"));
        return admin;
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      }
    }

    private static String migratedTemplate() {
      TestDatabase template = ADMIN.createDatabase("template1");
      Schema.migrate(template.settings());
      // So not every test's service spends a second on a key of its own.
      SigningKeys.in(template.jdbi(), Clock.systemUTC(), Duration.ofDays(1), Duration.ofHours(1))
          .follow();
      return template.name();
    }

    private static void stop(EmbeddedServer server) {
      try {
        server.stop();
      } catch (IOException cause) {
        throw new UncheckedIOException(cause);
      }
    }
  }

  /** Creates a database without a schema. */
  public static TestDatabase empty() {
    return Server.ADMIN.createDatabase("template1");
  }

  /** Creates a database with the service's schema, a signing key, and no other rows. */
  public static TestDatabase migrated() {
    return Server.ADMIN.createDatabase(Server.TEMPLATE);
  }

  private TestDatabase createDatabase(String template) {
    String name = "boxoffice_test_%s_%d".formatted(RUN, COUNT.incrementAndGet());
    jdbi().useHandle(handle -> handle.execute("CREATE DATABASE " + name + " TEMPLATE " + template));
    return new TestDatabase(url.replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1"), user, password);
  }

  private String name() {
    return url.replaceFirst("^.*/([^/?]+).*$", "$1");
  }

  /** Returns the settings with which the service connects to the database. */
  public DatabaseSettings settings() {
    DatabaseSettings settings = new DatabaseSettings();
    settings.setDriverClass("org.postgresql.Driver");
    settings.setUrl(url);
    settings.setUser(user);
    settings.setPassword(password);
    settings.setMinSize(0);
    settings.setInitialSize(0);
    return settings;
  }

  /** Returns the environment with which a process of the service connects to the database. */
  public Map<String, String> environment() {
    return Map.of("DATABASE_URL", url, "DATABASE_USER", user, "DATABASE_PASSWORD", password);
  }

  /** Returns direct access to the database, without the service. */
  public Jdbi jdbi() {
    return Jdbi.create(url, user, password)
        .installPlugin(new PostgresPlugin())
        .installPlugin(new SqlObjectPlugin());
  }

  /** Ends all connections to this database and rejects new ones. */
  public void disconnect() {
    allowConnections(false);
    endConnections();
  }

  /** Ends all connections to this database. */
  public void endConnections() {
    Server.ADMIN
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ?")
                    .bind(0, name())
                    .mapTo(Boolean.class)
                    .list());
  }

  /** Accepts connections again. */
  public void reconnect() {
    allowConnections(true);
  }

  private void allowConnections(boolean allowed) {
    Server.ADMIN
        .jdbi()
        .useHandle(
            handle -> handle.execute("ALTER DATABASE " + name() + " ALLOW_CONNECTIONS " + allowed));
  }

  /** Makes new sessions read-only or writable. Open sessions do not change. */
  public void setReadOnly(boolean readOnly) {
    Server.ADMIN
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "ALTER DATABASE %s SET default_transaction_read_only = %s"
                        .formatted(name(), readOnly)));
  }

  /** Lets commits of new sessions wait for the disk, as in production, for measurements. */
  public TestDatabase durable() {
    Server.ADMIN
        .jdbi()
        .useHandle(
            handle -> handle.execute("ALTER DATABASE " + name() + " SET synchronous_commit = on"));
    return this;
  }

  /** Reads how many tickets orders hold, by the id of the ticket type. */
  public Map<String, Integer> heldTickets() {
    return jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT ticket_type_id::text AS type, sum(quantity)::integer AS tickets
                        FROM orders WHERE state IN ('HELD', 'PAYING') GROUP BY ticket_type_id
                        """)
                    .collectRows(
                        Collectors.toMap(
                            row -> row.getColumn("type", String.class),
                            row -> row.getColumn("tickets", Integer.class))));
  }

  /**
   * Counts ticket types that break capacity = available + tickets of HELD and PAYING orders +
   * tickets of confirmed purchases.
   */
  public int stockInvariantViolations() {
    return jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT count(*) FROM ticket_types t
                        WHERE t.capacity - t.available <> (
                          SELECT count(k.id) FROM purchases p JOIN tickets k ON k.purchase_id = p.id
                          WHERE p.ticket_type_id = t.id AND p.status = 'CONFIRMED')
                          + (SELECT coalesce(sum(o.quantity), 0) FROM orders o
                             WHERE o.ticket_type_id = t.id AND o.state IN ('HELD', 'PAYING'))
                        """)
                    .mapTo(Integer.class)
                    .one());
  }

  /** Limits the time that new connections wait for a lock. */
  public void setLockTimeout(String limit) {
    jdbi()
        .useHandle(
            handle ->
                handle.execute("ALTER DATABASE " + name() + " SET lock_timeout = '" + limit + "'"));
  }

  /** Waits at most a minute until this many sessions wait for a lock in this database. */
  public void awaitLockWaiters(int atLeast) {
    Eventually.within(
        Duration.ofMinutes(1),
        () ->
            jdbi()
                    .withHandle(
                        handle ->
                            handle
                                .createQuery(
                                    """
                                    SELECT count(*) FROM pg_stat_activity
                                    WHERE datname = current_database() AND wait_event_type = 'Lock'
                                    """)
                                .mapTo(Integer.class)
                                .one())
                >= atLeast);
  }
}
