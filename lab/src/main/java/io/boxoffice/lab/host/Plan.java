package io.boxoffice.lab.host;

import java.util.List;

/**
 * The commands that make and change the lab's network. Every address is below 10.77.0.0/16, on
 * bridges inside a namespace of their own, so no route leads out of it.
 */
public final class Plan {
  /** What the names of all namespaces of a lab begin with. */
  public static final String PREFIX = "boxoffice-lab-";

  /** The address of no device. */
  private static final String NOBODY = "02:00:00:00:00:01";

  /** The links of a node. */
  public enum Link {
    /** What clients, shops and databases use. */
    DATA("data", "d-", "eth0", 0),
    /** What etcd uses: a fault can cut it alone. */
    CONTROL("control", "c-", "eth1", 1),
    /** What two sites use between them: a fault can cut it alone. */
    SITES("sites", "s-", "eth2", 2);

    private final String bridge;
    private final String prefix;
    private final String device;
    private final int net;

    Link(String bridge, String prefix, String device, int net) {
      this.bridge = bridge;
      this.prefix = prefix;
      this.device = device;
      this.net = net;
    }

    /** The address of a node. */
    public String address(int number) {
      return "10.77.%d.%d".formatted(net, number);
    }
  }

  private Plan() {}

  /** The namespace of a node. */
  public static String namespace(String node) {
    return PREFIX + node;
  }

  /** Makes a bridge, in the namespace of the calling process. */
  public static List<List<String>> bridge(Link link) {
    return List.of(
        words("ip link set lo up"),
        words("ip link add %s type bridge".formatted(link.bridge)),
        words("ip address add %s/24 dev %s".formatted(link.address(1), link.bridge)),
        words("ip link set %s up".formatted(link.bridge)));
  }

  /** Makes the namespace of a node, with its loopback. */
  public static List<List<String>> node(String node) {
    return List.of(
        words("ip netns add %s".formatted(namespace(node))),
        words("ip -n %s link set lo up".formatted(namespace(node))));
  }

  /**
   * Connects a node with a bridge.
   *
   * @param number the last part of its address
   */
  public static List<List<String>> connect(String node, int number, Link link) {
    String outer = link.prefix + node;
    String namespace = namespace(node);
    return List.of(
        words(
            "ip link add %s type veth peer name %s netns %s"
                .formatted(outer, link.device, namespace)),
        words("ip link set %s master %s up".formatted(outer, link.bridge)),
        words(
            "ip -n %s address add %s/24 dev %s"
                .formatted(namespace, link.address(number), link.device)),
        words("ip -n %s link set %s up".formatted(namespace, link.device)));
  }

  /** Takes a link of a node down or up. The node itself sees its device without a carrier. */
  public static List<String> set(String node, Link link, boolean up) {
    return words("ip link set %s %s".formatted(link.prefix + node, up ? "up" : "down"));
  }

  /**
   * Lets all that a node sends to an address vanish, or reach it again. The node sees no error, as
   * in a network that loses packets.
   */
  public static List<String> setReachable(String node, Link link, int other, boolean reachable) {
    String change = reachable ? "del %s" : "replace %s nud permanent lladdr " + NOBODY;
    return words(
        "ip -n %s neigh %s dev %s"
            .formatted(namespace(node), change.formatted(link.address(other)), link.device));
  }

  /** What a process of a node is started with; the command follows. */
  public static List<String> inside(String node) {
    // A session of its own, so that Ctrl-C reaches the lab and not each process.
    return words("ip netns exec %s setsid".formatted(namespace(node)));
  }

  private static List<String> words(String command) {
    return List.of(command.split(" ", -1));
  }
}
