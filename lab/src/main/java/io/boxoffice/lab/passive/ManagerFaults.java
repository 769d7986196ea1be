package io.boxoffice.lab.passive;

import io.boxoffice.lab.database.PatroniCluster;
import io.boxoffice.lab.database.Processes;
import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.host.Plan.Link;
import io.boxoffice.lab.topology.Fault;
import io.boxoffice.lab.topology.Fault.Strike;
import java.time.Duration;
import java.util.List;

/** The faults of what manages a primary: Patroni and etcd. */
final class ManagerFaults {
  /** The fault that needs a cluster with movable clocks. */
  static final String CLOCK_SKEW = "clock-skew";

  private static final Duration SKEW = Duration.ofHours(1);
  private static final Duration SKEWED = Duration.ofSeconds(8);
  private static final Duration WITHOUT_ETCD = Duration.ofSeconds(15);

  private final PatroniCluster cluster;
  private final DatabaseFaults faults;

  /**
   * The faults of a cluster.
   *
   * @param faults those of its databases
   */
  ManagerFaults(PatroniCluster cluster, DatabaseFaults faults) {
    this.cluster = cluster;
    this.faults = faults;
  }

  List<Fault> all() {
    return List.of(
        faults.ofPrimary(
            "isolate-primary",
            "the primary's node loses the other databases and etcd until after the failover, and the"
                + " shop reaches it",
            node -> isolate(node, true),
            node -> isolate(node, false)),
        faults.ofPrimary(
            "kill-patroni",
            "Patroni is killed on the primary's node, and its database runs on",
            node -> node.kill(Processes.PATRONI),
            cluster::startAgain),
        faults.ofPrimary(
            "cut-etcd",
            "the primary's node loses the other etcd and nothing else, for %d s at most"
                .formatted(WITHOUT_ETCD.toSeconds()),
            WITHOUT_ETCD,
            node -> node.set(Link.CONTROL, false),
            node -> node.set(Link.CONTROL, true)),
        new Fault(
            "stop-etcd",
            "two of three etcd are killed, and started again after %d s"
                .formatted(WITHOUT_ETCD.toSeconds()),
            this::stopEtcd),
        faults.ofPrimary(
            CLOCK_SKEW,
            "the clock of the primary's PostgreSQL jumps %d s ahead, and back after %d s"
                .formatted(SKEW.toSeconds(), SKEWED.toSeconds() + 2),
            SKEWED,
            node -> cluster.setClock(node, SKEW),
            node -> cluster.setClock(node, Duration.ZERO)),
        faults.ofPrimary(
            "switchover",
            "an operator makes a standby the primary",
            node -> cluster.switchOver(),
            node -> {}));
  }

  private void isolate(Node node, boolean isolated) {
    node.set(Link.CONTROL, !isolated);
    cluster.nodes().stream()
        .filter(other -> other != node)
        .forEach(other -> node.set(Link.DATA, other, !isolated));
  }

  private Strike stopEtcd() {
    List<Node> two = cluster.nodes().subList(0, 2);
    two.forEach(node -> node.kill(Processes.ETCD));
    return new Strike(
        "db1, db2", () -> false, WITHOUT_ETCD, () -> two.forEach(cluster::startAgain));
  }
}
