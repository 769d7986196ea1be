package io.boxoffice.lab.passive;

import io.boxoffice.lab.database.Databases;
import io.boxoffice.lab.database.PatroniCluster;
import io.boxoffice.lab.database.Processes;
import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.host.Plan.Link;
import io.boxoffice.lab.topology.Fault;
import io.boxoffice.lab.topology.Fault.Strike;
import io.boxoffice.stress.bench.safety.BenchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The faults of a topology with one primary. */
final class PassiveFaults {
  /** How long a fault lasts if no other database becomes the primary. */
  private static final Duration LONGEST = Duration.ofSeconds(45);

  private static final Duration WITHOUT_QUORUM = Duration.ofSeconds(15);

  private final Databases databases;

  PassiveFaults(Databases databases) {
    this.databases = databases;
  }

  List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    faults.add(new Fault("kill-primary", "the server of the primary is killed", this::kill));
    faults.add(
        ofPrimary(
            "kill-node",
            "everything on the node of the primary is killed",
            node -> node.kill(Node.ALL),
            databases::startAgain));
    faults.add(
        ofPrimary(
            "kill-patroni",
            "Patroni is killed on the node of the primary, and its database runs on",
            node -> node.kill(Processes.PATRONI),
            databases::startAgain));
    faults.add(frozen("freeze-primary", "the server of the primary", Processes.POSTGRESQL));
    faults.add(frozen("freeze-node", "everything on the node of the primary", Node.ALL));
    faults.add(
        ofPrimary(
            "cut-primary",
            "the network of the primary's node is cut, and comes back after the failover",
            node -> set(node, false, Link.values()),
            node -> set(node, true, Link.values())));
    faults.add(
        ofPrimary(
            "cut-etcd",
            "the node of the primary loses the other etcd, and nothing else",
            node -> set(node, false, Link.CONTROL),
            node -> set(node, true, Link.CONTROL)));
    faults.add(new Fault("stop-etcd", "two of three etcd are killed for 15 s", this::stopEtcd));
    faults.add(
        new Fault("switchover", "an operator makes a standby the primary", this::switchOver));
    return faults;
  }

  private Fault ofPrimary(String name, String what, Consumer<Node> strike, Consumer<Node> heal) {
    return new Fault(
        name,
        what,
        () -> {
          Node primary = primary();
          strike.accept(primary);
          return new Strike(
              primary.name(),
              () -> isPrimaryElsewhere(primary),
              LONGEST,
              () -> heal.accept(primary));
        });
  }

  private Fault frozen(String name, String what, Predicate<String> which) {
    return ofPrimary(
        name,
        what + " is frozen (SIGSTOP), and thawed (SIGCONT) after the failover",
        node -> node.signal("STOP", which),
        node -> node.signal("CONT", which));
  }

  private Strike kill() {
    Node primary = primary();
    primary.signal("KILL", Processes.POSTGRESQL);
    // Its manager decides: a failover, or a start in place.
    return new Strike(primary.name(), () -> true, LONGEST, () -> {});
  }

  private Strike stopEtcd() {
    List<Node> two = databases.nodes().subList(0, 2);
    two.forEach(node -> node.kill(Processes.ETCD));
    return new Strike(
        "db1, db2", () -> false, WITHOUT_QUORUM, () -> two.forEach(databases::startAgain));
  }

  private Strike switchOver() {
    Node primary = primary();
    ((PatroniCluster) databases).switchOver();
    return new Strike(primary.name(), () -> isPrimaryElsewhere(primary), LONGEST, () -> {});
  }

  private Node primary() {
    return databases.primary().orElseThrow(() -> new BenchException("There is no primary"));
  }

  private boolean isPrimaryElsewhere(Node struck) {
    return databases.status().stream()
        .anyMatch(
            one ->
                one.role() == io.boxoffice.lab.topology.Status.Role.PRIMARY
                    && !one.node().equals(struck.name()));
  }

  private static void set(Node node, boolean up, Link... links) {
    for (Link link : links) {
      node.set(link, up);
    }
  }
}
