package io.boxoffice.lab.active;

import io.boxoffice.lab.database.Credentials;
import io.boxoffice.lab.database.SiteDatabase;
import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.host.Plan.Link;
import io.boxoffice.lab.shop.Proxy;
import io.boxoffice.lab.shop.ShopReplica;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One of two sites: a database, replicas of the shop, and a proxy that is its entrance. */
final class Site {
  private static final int REPLICAS = 2;
  private static final String HOSTS = "hosts";

  private final Place place;
  private final Place peer;
  private final Node databaseNode;
  private final Node proxyNode;
  private final SiteDatabase database;
  private final List<ShopReplica> shops;
  private final Proxy proxy;

  /**
   * Where the nodes of a site are.
   *
   * @param name of the site
   * @param first the last part of the address of its first node; the others follow
   * @param data the folder of all nodes
   */
  record Place(String name, int first, Path data) {
    private Node node(String part, int offset) {
      String node = part.formatted(name);
      return new Node(node, first + offset, data.resolve(node));
    }

    Node database() {
      return node("db-%s", 0);
    }

    Node proxy() {
      return node("proxy-%s", 1);
    }

    List<Node> shops() {
      return IntStream.rangeClosed(1, REPLICAS)
          .mapToObj(number -> node("shop-%s" + number, 1 + number))
          .toList();
    }

    /** The name by which the other site calls it. */
    String host() {
      return "site-" + name;
    }
  }

  /**
   * A site whose nodes do not exist yet.
   *
   * @param isNaive whether it does not know that there is another site
   */
  Site(
      Place place,
      Place peer,
      boolean isNaive,
      Path programs,
      Credentials credentials,
      String operatorToken) {
    this.place = place;
    this.peer = peer;
    this.databaseNode = place.database();
    this.proxyNode = place.proxy();
    this.database =
        new SiteDatabase(place.name(), peer.name(), databaseNode, credentials, programs);
    this.shops =
        place.shops().stream()
            .map(
                node ->
                    new ShopReplica(
                        node,
                        database.url(),
                        credentials,
                        operatorToken,
                        settings(place, peer, node, isNaive)))
            .toList();
    this.proxy = Proxy.shipped(proxyNode, shops.stream().map(ShopReplica::node).toList());
  }

  /** The settings of a replica, beside those that every replica of the lab has. */
  static Map<String, String> settings(Place place, Place peer, Node node, boolean isNaive) {
    Map<String, String> settings = new HashMap<>();
    List<String> proxies =
        Stream.concat(
                Stream.of(place.proxy().address()), peer.shops().stream().map(Node::sitesAddress))
            .toList();
    settings.put("TRUSTED_PROXIES", String.join(",", proxies));
    settings.put("SHUTDOWN_DELAY", "3s");
    if (!isNaive) {
      settings.put("SITE", place.name());
      settings.put("PEER_SITE", peer.name());
      settings.put("PEER_URL", "http://%s:%d".formatted(peer.host(), Proxy.PORT));
      // Instead of the machine's file of hosts, so that the lab leaves nothing outside its folder.
      settings.put(
          "JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + node.folder().resolve(HOSTS).toString());
    }
    return settings;
  }

  /** The names that a replica knows. */
  static String hosts(Place peer, String machine) {
    return "127.0.0.1 localhost %s%n%s %s%n"
        .formatted(machine, peer.proxy().sitesAddress(), peer.host());
  }

  String name() {
    return place.name();
  }

  SiteDatabase database() {
    return database;
  }

  List<ShopReplica> shops() {
    return shops;
  }

  URI entrance() {
    return proxy.entrance();
  }

  List<Node> nodes() {
    return Stream.of(
            Stream.of(databaseNode), shops.stream().map(ShopReplica::node), Stream.of(proxyNode))
        .flatMap(stream -> stream)
        .toList();
  }

  /** Creates a database with a schema. */
  void createDatabase() {
    writeHosts();
    database.create();
    shops.get(0).migrate();
  }

  private void writeHosts() {
    try {
      String machine = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      for (ShopReplica shop : shops) {
        Files.writeString(shop.node().folder().resolve(HOSTS), hosts(peer, machine));
      }
    } catch (IOException cause) {
      throw new BenchException("Cannot write the names of the sites", cause);
    }
  }

  void startProxy() {
    proxy.start();
  }

  /** Kills everything at once. */
  void kill() {
    nodes().parallelStream().forEach(node -> node.kill(Node.ALL));
  }

  /** Sends a signal to everything. */
  void signal(String name) {
    nodes().parallelStream().forEach(node -> node.signal(name, Node.ALL));
  }

  /** Cuts it off from the other site, or connects it again. Its buyers still reach it. */
  void connect(boolean up) {
    nodes().forEach(node -> node.set(Link.SITES, up));
  }

  /** Starts everything that does not run, and thaws the rest; waits until it reports ready. */
  void repair() {
    connect(true);
    signal("CONT");
    database.startAgain();
    proxy.repair();
    shops.parallelStream().forEach(ShopReplica::repair);
  }
}
