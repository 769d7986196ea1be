package io.boxoffice.lab.shop;

import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.topology.Fault;
import io.boxoffice.lab.topology.Fault.Strike;
import java.time.Duration;
import java.util.List;

/** The faults of the replicas of the shop. */
public final class ShopFaults {
  /** How long a replica is away or frozen. */
  private static final Duration AWAY = Duration.ofSeconds(5);

  private final List<ShopReplica> shops;

  /** The faults of some replicas, of which the first one is struck. */
  public ShopFaults(List<ShopReplica> shops) {
    this.shops = List.copyOf(shops);
  }

  /** All of them. */
  public List<Fault> all() {
    return List.of(
        new Fault("kill-replica", "a replica of the shop is killed", this::kill),
        new Fault(
            "freeze-replica",
            "a replica of the shop is frozen (SIGSTOP), and thawed (SIGCONT) after %d s"
                .formatted(AWAY.toSeconds() + 2),
            this::freeze),
        new Fault(
            "rolling-upgrade",
            "the replicas of the shop are stopped by SIGTERM and started, one after the other",
            this::upgrade));
  }

  private Strike kill() {
    ShopReplica first = shops.get(0);
    first.node().kill(Node.ALL);
    return new Strike(first.node().name(), () -> false, AWAY, first::start);
  }

  private Strike freeze() {
    Node node = shops.get(0).node();
    node.signal("STOP", Node.ALL);
    return new Strike(node.name(), () -> false, AWAY, () -> node.signal("CONT", Node.ALL));
  }

  private Strike upgrade() {
    for (ShopReplica shop : shops) {
      shop.stop();
      shop.start();
      shop.awaitReady();
    }
    return new Strike("all", () -> true, AWAY, () -> {});
  }
}
