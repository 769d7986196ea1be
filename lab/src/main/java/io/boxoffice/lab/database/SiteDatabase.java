package io.boxoffice.lab.database;

import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.topology.Status;
import io.boxoffice.lab.topology.Status.Role;
import io.boxoffice.lab.topology.Waiting;
import io.boxoffice.stress.bench.safety.BenchException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The only database of a site, which replicates to that of the other site as docs/sites.md says.
 */
public final class SiteDatabase {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(15);

  private final String name;
  private final String peer;
  private final Server server;
  private final Credentials credentials;

  /**
   * A database that {@link #create} makes.
   *
   * @param name of its site
   * @param peer of the other site
   * @param node exists before
   * @param programs the folder of the programs of PostgreSQL 16 or newer
   */
  public SiteDatabase(String name, String peer, Node node, Credentials credentials, Path programs) {
    this.name = name;
    this.peer = peer;
    this.credentials = credentials;
    this.server = new Server(node, credentials, () -> programs, settings(node));
  }

  /** Lines of postgresql.conf. */
  static String settings(Node node) {
    return """
        listen_addresses = '%s,%s'
        wal_level = logical
        max_slot_wal_keep_size = 1GB
        wal_sender_timeout = 5s
        wal_receiver_timeout = 5s
        wal_retrieve_retry_interval = 1s
        """
        .formatted(node.address(), node.sitesAddress());
  }

  static String subscription(String site) {
    return "boxoffice_" + site;
  }

  /** Creates it without a schema, and starts it. */
  public void create() {
    server.create();
    credentials.statements().forEach(server::execute);
    // Only transactions that sell wait for the other site.
    server.execute("ALTER DATABASE %s SET synchronous_commit = local".formatted(Credentials.SHOP));
    server.execute("GRANT pg_create_subscription TO %s".formatted(Credentials.SHOP));
  }

  /** Gives it homes, after its schema. Without, it takes itself for the only site. */
  public void setUp() {
    executeAsOwner("SELECT set_up_site('%s', '%s')".formatted(name, peer));
  }

  /** Offers its changes to the other site. */
  public void publish() {
    executeAsOwner("SELECT publish_site()");
  }

  /** Receives the changes of the other site, which offers them. */
  public void subscribe(SiteDatabase other) {
    executeAsOwner(
        """
        CREATE SUBSCRIPTION %s CONNECTION 'host=%s port=%d dbname=%s user=replicator password=%s'
        PUBLICATION boxoffice_rows, boxoffice_additions, boxoffice_history
        WITH (origin = none, copy_data = false, streaming = off)
        """
            .formatted(
                subscription(name),
                other.server.node().sitesAddress(),
                PatroniFiles.POSTGRESQL_PORT,
                Credentials.SHOP,
                credentials.replication()));
    Waiting.require(
        "Site %s receives the changes of site %s".formatted(name, peer), other::isReceived, LIMIT);
  }

  /** Lets its sales wait until the other site has them. */
  public void waitForPeer() {
    server.execute(
        "ALTER SYSTEM SET synchronous_standby_names = '%s'".formatted(subscription(peer)));
    server.execute("SELECT pg_reload_conf()");
    Waiting.require(
        "Sales of site %s wait for the other site".formatted(name),
        () ->
            number(
                    "SELECT count(*) FROM pg_stat_replication WHERE application_name = '%s' AND sync_state = 'sync'"
                        .formatted(subscription(peer)))
                == 1,
        LIMIT);
  }

  /** Waits until it has the key that both sites sign access tokens with. */
  public void awaitSigningKey() {
    Waiting.require(
        "Site %s has the key of the other one".formatted(name),
        () -> number("SELECT count(*) FROM signing_keys") > 0,
        LIMIT);
  }

  /** The JDBC address for the shop, without user and password. */
  public String url() {
    return Addresses.withoutLimits(server.node());
  }

  /** The database itself; its role says whether it answers. */
  public Status.Database status() {
    return ServerState.of(server).database();
  }

  /** Its homes and epochs. */
  public Status.Site site() {
    return SiteState.of(server, name, peer).site();
  }

  /** Whether it runs, the other site receives its changes, and it has not taken that one over. */
  public boolean isComplete() {
    SiteState.Answer answer = SiteState.of(server, name, peer);
    return answer.isReceived() && !answer.isAlone();
  }

  /** Whether the other site receives its changes. */
  private boolean isReceived() {
    return SiteState.of(server, name, peer).isReceived();
  }

  /** Whether it has taken the other site over and does not receive its changes. */
  public boolean isAlone() {
    return SiteState.of(server, name, peer).isAlone();
  }

  /** Whether it takes writes. */
  public boolean answers() {
    return status().role() == Role.PRIMARY;
  }

  /** What it says of one concert, for a reader. */
  public String view(String concert) {
    return SiteState.view(server, name, concert);
  }

  /**
   * The concerts that a site sells, as this one knows.
   *
   * @param site the name of that site
   */
  public List<String> homes(String site) {
    List<String> ids = new ArrayList<>();
    try (Connection connection = server.connect(Credentials.SHOP);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT id FROM concerts WHERE home = '%s'".formatted(site))) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    } catch (SQLException cause) {
      throw new BenchException("The homes cannot be read: " + cause.getMessage(), cause);
    }
    return ids;
  }

  /** Waits, within a limit, until the other site has applied all that this one has committed. */
  public void settle() {
    long position = number("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
    Waiting.until(
        () ->
            number(
                    "SELECT confirmed_flush_lsn - '0/0'::pg_lsn FROM pg_replication_slots WHERE slot_name = '%s'"
                        .formatted(subscription(peer)))
                >= position,
        SETTLE_LIMIT);
  }

  /** Starts it, if it does not run, and waits until it takes connections. */
  public void startAgain() {
    server.start();
    server.awaitConnections();
  }

  /**
   * A connection of the shop's user.
   *
   * @throws SQLException when there is none now
   */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), Credentials.SHOP, credentials.shop());
  }

  /** The result of a query; 0 without an answer. */
  private long number(String query) {
    try (Connection connection = server.connect(Credentials.SHOP);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException noAnswer) {
      return 0;
    }
  }

  private void executeAsOwner(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout((int) LIMIT.toSeconds());
      statement.execute(sql);
    } catch (SQLException cause) {
      throw new BenchException("The database reported an error: " + cause.getMessage(), cause);
    }
  }
}
