package io.boxoffice.lab.database;

import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.topology.Status;
import io.boxoffice.lab.topology.Status.Role;
import io.boxoffice.lab.topology.Waiting;
import io.boxoffice.stress.bench.safety.BenchException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An exhibit of what must not be done: three PostgreSQL with asynchronous replication, and a script
 * that promotes a standby when the primary has not answered three times. Nothing stops the old
 * primary, and a service manager starts it again.
 */
public final class ScriptedCluster implements Databases, AutoCloseable {
  private static final int MOST_FAILURES = 3;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final List<Server> servers;
  private final Credentials credentials;
  private final ScheduledExecutorService script = new ScheduledThreadPoolExecutor(1);
  private volatile Server promoted;
  private int failures;

  /** A cluster on three nodes, which exist. */
  public ScriptedCluster(List<Node> nodes, Credentials credentials) {
    this.servers = nodes.stream().map(node -> new Server(node, credentials)).toList();
    this.credentials = credentials;
    this.promoted = servers.get(0);
  }

  @Override
  public List<Node> nodes() {
    return servers.stream().map(Server::node).toList();
  }

  @Override
  public void start() {
    Server first = servers.get(0);
    first.create();
    credentials.statements().forEach(first::execute);
    servers.subList(1, servers.size()).forEach(server -> server.follow(first));
    Waiting.require("The databases replicate", this::isComplete, LIMIT);
    ScheduledFuture<?> unused = script.scheduleWithFixedDelay(this::watch, 1, 1, TimeUnit.SECONDS);
  }

  private synchronized void watch() {
    failures = promoted.answers() ? 0 : failures + 1;
    if (failures < MOST_FAILURES) {
      return;
    }
    for (Server server : servers) {
      if (server != promoted && ServerState.of(server).database().role() == Role.STANDBY) {
        promote(server);
        return;
      }
    }
  }

  private void promote(Server server) {
    try {
      server.execute("SELECT pg_promote(false)");
      promoted = server;
      failures = 0;
      for (Server other : servers) {
        if (ServerState.of(other).database().role() == Role.STANDBY && other != server) {
          other.execute("ALTER SYSTEM SET primary_conninfo = '%s'".formatted(server.replication()));
          other.execute("SELECT pg_reload_conf()");
        }
      }
    } catch (BenchException failure) {
      // The script tries again in a second.
    }
  }

  /** With the shop's own limits, which are longer than those of the other configurations. */
  @Override
  public String url() {
    return Addresses.primaryOf(nodes()).replaceFirst("&connectTimeout.*", "");
  }

  @Override
  public Optional<Node> primary() {
    return Optional.of(promoted.node());
  }

  @Override
  public List<Status.Database> status() {
    List<ServerState.Answer> answers = servers.parallelStream().map(ServerState::of).toList();
    long newest = answers.stream().mapToLong(ServerState.Answer::position).max().orElse(0);
    return answers.stream()
        .map(
            one ->
                new Status.Database(
                    one.database().node(),
                    one.database().role(),
                    one.database().state(),
                    one.database().timeline(),
                    one.position() == 0 ? -1 : newest - one.position(),
                    false))
        .toList();
  }

  @Override
  public boolean isComplete() {
    List<Status.Database> now = status();
    return now.stream().filter(one -> one.role() == Role.PRIMARY).count() == 1
        && now.stream().filter(one -> one.state().equals("streaming")).count()
            == servers.size() - 1;
  }

  @Override
  public void startAgain(Node node) {
    servers.stream().filter(server -> server.node() == node).forEach(Server::start);
  }

  /** Copies every other database again from the one that was promoted last. */
  @Override
  public synchronized void repair() {
    for (Server server : servers) {
      server.node().signal("CONT", Node.ALL);
    }
    promoted.start();
    promoted.awaitConnections();
    servers.stream().filter(server -> server != promoted).forEach(one -> one.follow(promoted));
    failures = 0;
    Waiting.require("The databases replicate again", this::isComplete, LIMIT);
  }

  /** Reads what the shop has after the failover: the database that was promoted last. */
  @Override
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(
        Addresses.of(promoted.node()), Credentials.SHOP, credentials.shop());
  }

  @Override
  public void close() {
    script.shutdownNow();
  }
}
