package io.boxoffice.lab.balancing;

import io.boxoffice.lab.database.Credentials;
import io.boxoffice.lab.database.PlainServer;
import io.boxoffice.lab.host.Command;
import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.host.Plan;
import io.boxoffice.lab.host.Plan.Link;
import io.boxoffice.lab.load.Sale;
import io.boxoffice.lab.shop.Algorithm;
import io.boxoffice.lab.shop.Proxy;
import io.boxoffice.lab.shop.ProxyProgram;
import io.boxoffice.lab.shop.ShopReplica;
import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.bench.safety.CleanUp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** One database, three replicas of the shop, and a node for the proxy in front of them. */
final class ReplicatedShop implements AutoCloseable {
  private static final int DATABASE = 11;
  private static final int FIRST_SHOP = 21;
  private static final int PROXY = 30;
  private static final int REPLICAS = 3;
  private static final int FIRST_SOURCE = 101;
  private static final int SOURCES = 30;
  private static final int CONCERTS = 30;
  private static final int SCARCE = 1;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final CleanUp cleanUp = new CleanUp();
  private final String operatorToken = UUID.randomUUID().toString();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final PlainServer database;
  private final List<ShopReplica> shops;
  private final Node proxyNode;

  /**
   * A shop that {@link #start} starts.
   *
   * @param data the folder of all nodes, which exists
   */
  ReplicatedShop(Path data) {
    Credentials credentials = Credentials.random();
    database = new PlainServer(new Node("db1", DATABASE, data.resolve("db1")), credentials);
    proxyNode = new Node("proxy", PROXY, data.resolve("proxy"));
    shops =
        IntStream.range(0, REPLICAS)
            .mapToObj(
                index ->
                    new ShopReplica(
                        node("shop" + (index + 1), FIRST_SHOP + index, data),
                        database.url(),
                        credentials,
                        operatorToken,
                        Map.of("TRUSTED_PROXIES", proxyNode.address())))
            .toList();
  }

  private static Node node(String name, int number, Path data) {
    return new Node(name, number, data.resolve(name));
  }

  /** Starts all but the proxy, and waits until every replica is ready. */
  void start() {
    Plan.bridge(Link.DATA).forEach(command -> Command.require(command.toArray(String[]::new)));
    sources()
        .forEach(source -> Command.require("ip", "address", "add", source + "/24", "dev", "data"));
    database.nodes().forEach(node -> cleanUp.add(node).create(Link.DATA));
    shops.forEach(shop -> cleanUp.add(shop.node()).create(Link.DATA));
    cleanUp.add(proxyNode).create(Link.DATA);
    database.start();
    // The first one updates the schema.
    for (ShopReplica shop : shops) {
      shop.start();
      shop.awaitReady();
    }
  }

  /** The addresses of the buyers: in the load's namespace, as many clients. */
  static List<String> sources() {
    return IntStream.range(FIRST_SOURCE, FIRST_SOURCE + SOURCES)
        .mapToObj(Link.DATA::address)
        .toList();
  }

  /** The nodes of the replicas; the first one is the one that can be slow. */
  List<Node> replicas() {
    return shops.stream().map(ShopReplica::node).toList();
  }

  /** The name of each replica by the address that its answers have. */
  Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    shops.forEach(shop -> names.put(shop.entrance().getAuthority(), shop.node().name()));
    return names;
  }

  /** A proxy, which nothing has started yet. */
  Proxy proxy(ProxyProgram program, Algorithm algorithm) {
    return Proxy.compared(proxyNode, replicas(), program, algorithm);
  }

  /** Creates concerts to sell. */
  List<Sale> createSales() {
    URI entrance = shops.get(0).entrance();
    return IntStream.range(0, CONCERTS)
        .mapToObj(index -> Sale.create(entrance, operatorToken, SCARCE))
        .toList();
  }

  /**
   * Changes the simulation of all replicas, which follow within 2 s.
   *
   * @throws BenchException when the shop refuses it
   */
  void simulate(String setting) {
    HttpRequest request =
        HttpRequest.newBuilder(shops.get(0).entrance().resolve("/v1/simulation"))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + operatorToken)
            .PUT(HttpRequest.BodyPublishers.ofString(setting))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new BenchException(
            "The simulation is not set: %d %s".formatted(answer.statusCode(), answer.body()));
      }
    } catch (IOException cause) {
      throw new BenchException("The simulation is not set", cause);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", cause);
    }
  }

  @Override
  public void close() {
    cleanUp.close();
  }
}
