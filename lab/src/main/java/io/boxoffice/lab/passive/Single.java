package io.boxoffice.lab.passive;

import io.boxoffice.lab.database.Credentials;
import io.boxoffice.lab.database.PlainServer;
import io.boxoffice.lab.host.Command;
import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.host.Plan;
import io.boxoffice.lab.host.Plan.Link;
import io.boxoffice.lab.shop.ShopFaults;
import io.boxoffice.lab.shop.ShopReplica;
import io.boxoffice.lab.topology.Fault;
import io.boxoffice.lab.topology.Status;
import io.boxoffice.lab.topology.Topology;
import io.boxoffice.stress.bench.safety.CleanUp;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One database and one replica of the shop: what fails is away until it is started again. */
public final class Single implements Topology {
  private static final int DATABASE = 11;
  private static final int SHOP = 21;

  /** How long a fault lasts: nothing takes the place of what failed. */
  private static final Duration LASTS = Duration.ofSeconds(3);

  private final CleanUp cleanUp = new CleanUp();
  private final String operatorToken = UUID.randomUUID().toString();
  private final Node databaseNode;
  private final PlainServer database;
  private final ShopReplica shop;

  /**
   * A topology that {@link #start} starts.
   *
   * @param data the folder of all nodes, which exists
   */
  public Single(Path data) {
    Credentials credentials = Credentials.random();
    databaseNode = new Node("db1", DATABASE, data.resolve("db1"));
    database = new PlainServer(databaseNode, credentials);
    Node shopNode = new Node("shop1", SHOP, data.resolve("shop1"));
    shop = new ShopReplica(shopNode, database.url(), credentials, operatorToken, Map.of());
  }

  @Override
  public String name() {
    return "single";
  }

  @Override
  public void start() {
    Plan.bridge(Link.DATA).forEach(command -> Command.require(command.toArray(String[]::new)));
    cleanUp.add(databaseNode).create(Link.DATA);
    cleanUp.add(shop.node()).create(Link.DATA);
    database.start();
    shop.start();
    shop.awaitReady();
  }

  @Override
  public List<URI> entrances() {
    return List.of(shop.entrance());
  }

  @Override
  public String operatorToken() {
    return operatorToken;
  }

  /** Its database, for the failover script. */
  public PlainServer database() {
    return database;
  }

  @Override
  public Connection connect() throws SQLException {
    return database.connect();
  }

  @Override
  public Status status() {
    boolean ready = shop.isReady();
    List<Status.Database> databases = database.status();
    return new Status(
        databases,
        List.of(new Status.Shop(shop.node().name(), ready)),
        ready && databases.get(0).role() == Status.Role.PRIMARY);
  }

  @Override
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>(new DatabaseFaults(database, LASTS, Link.DATA).all());
    faults.addAll(new ShopFaults(List.of(shop)).all());
    return faults;
  }

  @Override
  public void repair() {
    database.repair();
    shop.repair();
  }

  @Override
  public void close() {
    cleanUp.close();
  }
}
