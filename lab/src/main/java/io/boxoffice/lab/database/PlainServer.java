package io.boxoffice.lab.database;

import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.topology.Status;
import io.boxoffice.lab.topology.Status.Role;
import io.boxoffice.lab.topology.Waiting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One PostgreSQL that nothing replaces. */
public final class PlainServer implements Databases {
  private static final Duration REPAIR_LIMIT = Duration.ofMinutes(1);

  private final Server server;
  private final Credentials credentials;

  /** A server on a node, which exists. */
  public PlainServer(Node node, Credentials credentials) {
    this.server = new Server(node, credentials);
    this.credentials = credentials;
  }

  @Override
  public List<Node> nodes() {
    return List.of(server.node());
  }

  @Override
  public void start() {
    server.create();
    credentials.statements().forEach(server::execute);
  }

  @Override
  public String url() {
    return Addresses.of(server.node());
  }

  @Override
  public Optional<Node> primary() {
    return Optional.of(server.node());
  }

  @Override
  public List<Status.Database> status() {
    return List.of(ServerState.of(server).database());
  }

  @Override
  public boolean isComplete() {
    return status().get(0).role() == Role.PRIMARY;
  }

  @Override
  public void startAgain(Node node) {
    server.start();
  }

  /** Stops it in order, as an operator does. */
  public void stop() {
    server.stop();
  }

  @Override
  public void repair() {
    server.node().signal("CONT", Node.ALL);
    server.start();
    Waiting.require("The database takes writes again", this::isComplete, REPAIR_LIMIT);
  }

  @Override
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), Credentials.SHOP, credentials.shop());
  }
}
