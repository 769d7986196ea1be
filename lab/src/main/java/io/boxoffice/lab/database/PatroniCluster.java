package io.boxoffice.lab.database;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.lab.host.Command;
import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.host.Requirements;
import io.boxoffice.lab.topology.Status;
import io.boxoffice.lab.topology.Status.Role;
import io.boxoffice.lab.topology.Waiting;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Three PostgreSQL that Patroni manages, with etcd for its lease. */
public final class PatroniCluster implements Databases {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration REPAIR_LIMIT = Duration.ofMinutes(3);
  private static final String LOG_LEVEL = "INFO";

  private final List<Node> nodes;
  private final Configuration configuration;
  private final Credentials credentials;
  private final boolean movableClocks;
  private final PatroniCalls calls = new PatroniCalls();

  /**
   * A cluster on three nodes, which exist.
   *
   * @param movableClocks whether {@link #setClock} works, which makes PostgreSQL a little slower
   */
  public PatroniCluster(
      List<Node> nodes,
      Configuration configuration,
      Credentials credentials,
      boolean movableClocks) {
    this.nodes = List.copyOf(nodes);
    this.configuration = configuration;
    this.credentials = credentials;
    this.movableClocks = movableClocks;
  }

  @Override
  public List<Node> nodes() {
    return nodes;
  }

  @Override
  public void start() {
    for (Node node : nodes) {
      write(node);
      startEtcd(node);
    }
    nodes.forEach(this::startPatroni);
    Waiting.require("The databases replicate", this::isComplete, START_LIMIT);
    createShop();
  }

  private void write(Node node) {
    Path file = file(node);
    Path installed = Requirements.postgresql();
    Path programs = movableClocks ? MovableClock.programs(node, installed) : installed;
    try {
      Files.writeString(
          file, PatroniFiles.patroni(node, nodes, configuration, credentials, programs));
    } catch (IOException cause) {
      throw new BenchException("Cannot write " + file, cause);
    }
    Command.require("chown", "-R", "postgres:postgres", node.folder().toString());
    // It has passwords.
    Command.require("chmod", "700", node.folder().toString());
  }

  private static Path file(Node node) {
    return node.folder().resolve("patroni.yml");
  }

  private void startEtcd(Node node) {
    node.startAsPostgres("etcd", Map.of(), PatroniFiles.etcd(node, nodes));
  }

  private void startPatroni(Node node) {
    node.startAsPostgres(
        "patroni",
        Map.of("PATRONI_LOG_LEVEL", LOG_LEVEL, "LC_ALL", "C.UTF-8"),
        List.of("patroni", file(node).toString()));
  }

  private void createShop() {
    try (Connection connection = Addresses.connectAsSuperuser(nodes, credentials);
        Statement statement = connection.createStatement()) {
      for (String sql : credentials.statements()) {
        statement.execute(sql);
      }
    } catch (SQLException cause) {
      throw new BenchException("The database reported an error: " + cause.getMessage(), cause);
    }
  }

  @Override
  public String url() {
    return Addresses.primaryOf(nodes);
  }

  @Override
  public Optional<Node> primary() {
    String name =
        status().stream()
            .filter(one -> one.role() == Role.PRIMARY)
            .map(Status.Database::node)
            .findFirst()
            .orElse("");
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }

  @Override
  public List<Status.Database> status() {
    // Each node is asked for itself: a node that is cut off has an old opinion of the others.
    Map<String, JsonNode> answers = calls.get(nodes, "/patroni");
    List<Status.Database> databases = new ArrayList<>();
    long newest = answers.values().stream().mapToLong(PatroniCluster::position).max().orElse(0);
    for (Node node : nodes) {
      JsonNode answer = answers.get(node.name());
      if (answer == null) {
        databases.add(new Status.Database(node.name(), Role.UNKNOWN, "no answer", 0, -1, false));
        continue;
      }
      String state = answer.path("state").asText();
      boolean runs = state.equals("running");
      boolean primary = runs && answer.path("role").asText().matches("master|primary");
      long position = position(answer);
      databases.add(
          new Status.Database(
              node.name(),
              primary ? Role.PRIMARY : runs ? Role.STANDBY : Role.UNKNOWN,
              runs && !primary ? answer.path("replication_state").asText(state) : state,
              answer.path("timeline").asInt(),
              position == 0 ? -1 : newest - position,
              answer.path("sync_standby").asBoolean()));
    }
    return databases;
  }

  private static long position(JsonNode answer) {
    JsonNode log = answer.path("xlog");
    return Math.max(log.path("location").asLong(), log.path("received_location").asLong());
  }

  @Override
  public boolean isComplete() {
    return calls.isComplete(nodes, configuration == Configuration.SHIPPED);
  }

  /**
   * Moves the clock of a node's PostgreSQL within a second.
   *
   * @param offset from the true time, 0 or more
   */
  public void setClock(Node node, Duration offset) {
    MovableClock.set(node, offset);
  }

  /** What Patroni and the primary itself say of the failovers so far. */
  public Map<String, Object> evidence() {
    return new Evidence(nodes, calls, credentials).read();
  }

  /** Asks Patroni to make a standby the primary. */
  public void switchOver() {
    Node leader = primary().orElseThrow(() -> new BenchException("There is no primary"));
    calls.switchOver(leader, leader.name());
  }

  @Override
  public void startAgain(Node node) {
    if (node.processes(Processes.ETCD).isEmpty()) {
      startEtcd(node);
    }
    if (node.processes(Processes.PATRONI).isEmpty()) {
      startPatroni(node);
    }
  }

  @Override
  public void repair() {
    for (Node node : nodes) {
      node.signal("CONT", Node.ALL);
      startAgain(node);
    }
    Waiting.require("The databases replicate again", this::isComplete, REPAIR_LIMIT);
  }

  @Override
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), Credentials.SHOP, credentials.shop());
  }
}
