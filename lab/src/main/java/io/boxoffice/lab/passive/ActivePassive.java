package io.boxoffice.lab.passive;

import io.boxoffice.lab.database.Configuration;
import io.boxoffice.lab.database.Credentials;
import io.boxoffice.lab.database.Databases;
import io.boxoffice.lab.database.PatroniCluster;
import io.boxoffice.lab.database.ScriptedCluster;
import io.boxoffice.lab.host.Command;
import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.host.Plan;
import io.boxoffice.lab.host.Plan.Link;
import io.boxoffice.lab.shop.Proxy;
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
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Three databases with failover, and two replicas of the shop behind a proxy. */
public final class ActivePassive implements Topology {
  /** A fault that makes all others a little slower, because it needs movable clocks. */
  public static final String CLOCK_SKEW = ManagerFaults.CLOCK_SKEW;

  private static final int FIRST_DATABASE = 11;
  private static final int FIRST_SHOP = 21;
  private static final int PROXY = 30;
  private static final Link[] LINKS = {Link.DATA, Link.CONTROL};

  /** Longer than any failover of docs/topologies.md. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final CleanUp cleanUp = new CleanUp();
  private final String operatorToken = UUID.randomUUID().toString();
  private final Credentials credentials = Credentials.random();
  private final List<Node> databaseNodes;
  private final Node proxyNode;
  private final Databases databases;
  private final List<ShopReplica> shops;
  private final Proxy proxy;

  /**
   * A topology that {@link #start} starts.
   *
   * @param movableClocks whether {@link #CLOCK_SKEW} can be injected
   * @param data the folder of all nodes, which exists
   */
  public ActivePassive(Configuration configuration, boolean movableClocks, Path data) {
    databaseNodes =
        Stream.of(1, 2, 3)
            .map(
                number ->
                    new Node(
                        "db" + number, FIRST_DATABASE - 1 + number, data.resolve("db" + number)))
            .toList();
    databases =
        configuration == Configuration.NAIVE
            ? cleanUp.add(new ScriptedCluster(databaseNodes, credentials))
            : new PatroniCluster(databaseNodes, configuration, credentials, movableClocks);
    proxyNode = new Node("proxy", PROXY, data.resolve("proxy"));
    shops =
        Stream.of(1, 2)
            .map(
                number ->
                    new ShopReplica(
                        new Node(
                            "shop" + number,
                            FIRST_SHOP - 1 + number,
                            data.resolve("shop" + number)),
                        databases.url(),
                        credentials,
                        operatorToken,
                        Map.of("TRUSTED_PROXIES", proxyNode.address(), "SHUTDOWN_DELAY", "3s")))
            .toList();
    proxy = Proxy.shipped(proxyNode, shops.stream().map(ShopReplica::node).toList());
  }

  @Override
  public String name() {
    return "active-passive";
  }

  @Override
  public void start() {
    Stream.of(LINKS)
        .flatMap(link -> Plan.bridge(link).stream())
        .forEach(command -> Command.require(command.toArray(String[]::new)));
    databaseNodes.forEach(node -> cleanUp.add(node).create(Link.DATA, Link.CONTROL));
    shops.forEach(shop -> cleanUp.add(shop.node()).create(Link.DATA));
    cleanUp.add(proxyNode).create(Link.DATA);
    databases.start();
    // The first one updates the schema.
    for (ShopReplica shop : shops) {
      shop.start();
      shop.awaitReady();
    }
    proxy.start();
  }

  @Override
  public List<URI> entrances() {
    return List.of(proxy.entrance());
  }

  @Override
  public String operatorToken() {
    return operatorToken;
  }

  @Override
  public Connection connect() throws SQLException {
    return databases.connect();
  }

  @Override
  public Map<String, Object> evidence() {
    return databases instanceof PatroniCluster cluster ? cluster.evidence() : Map.of();
  }

  @Override
  public Status status() {
    // All at once, because each waits for nodes that do not answer.
    CompletableFuture<List<Status.Database>> now = CompletableFuture.supplyAsync(databases::status);
    CompletableFuture<Boolean> complete = CompletableFuture.supplyAsync(databases::isComplete);
    List<CompletableFuture<Status.Shop>> ready =
        shops.stream()
            .map(
                shop ->
                    CompletableFuture.supplyAsync(
                        () -> new Status.Shop(shop.node().name(), shop.isReady())))
            .toList();
    List<Status.Shop> shopsNow = ready.stream().map(CompletableFuture::join).toList();
    return new Status(
        now.join(), shopsNow, complete.join() && shopsNow.stream().allMatch(Status.Shop::ready));
  }

  @Override
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>(databaseFaults());
    faults.addAll(new ShopFaults(shops).all());
    return faults;
  }

  private List<Fault> databaseFaults() {
    DatabaseFaults faults = new DatabaseFaults(databases, LONGEST, LINKS);
    List<Fault> all = new ArrayList<>(faults.all());
    if (databases instanceof PatroniCluster cluster) {
      all.addAll(new ManagerFaults(cluster, faults).all());
    }
    return all;
  }

  @Override
  public void repair() {
    databases.repair();
    shops.forEach(ShopReplica::repair);
  }

  @Override
  public void close() {
    cleanUp.close();
  }
}
