package io.boxoffice.lab.passive;

import io.boxoffice.lab.database.Databases;
import io.boxoffice.lab.database.Processes;
import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.host.Plan.Link;
import io.boxoffice.lab.topology.Fault;
import io.boxoffice.lab.topology.Fault.Strike;
import io.boxoffice.lab.topology.Status.Role;
import io.boxoffice.stress.bench.safety.BenchException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The faults of a primary, whether or not another database takes its place. */
final class DatabaseFaults {
  /** How long a disk is slow, or until a failover. */
  private static final Duration SLOW = Duration.ofSeconds(8);

  private final Databases databases;
  private final Duration longest;
  private final List<Link> links;

  /**
   * The faults of some databases.
   *
   * @param longest how long a fault lasts if no other database becomes the primary
   * @param links those of each node
   */
  DatabaseFaults(Databases databases, Duration longest, Link... links) {
    this.databases = databases;
    this.longest = longest;
    this.links = List.of(links);
  }

  List<Fault> all() {
    return List.of(
        new Fault("kill-primary", "the server of the primary is killed", this::killPrimary),
        ofPrimary(
            "kill-node",
            "everything on the primary's node is killed, and started again after the failover",
            node -> node.kill(Node.ALL),
            databases::startAgain),
        frozen("freeze-primary", "the server of the primary", Processes.POSTGRESQL),
        frozen("freeze-node", "everything on the primary's node", Node.ALL),
        ofPrimary(
            "cut-primary",
            "the network of the primary's node is cut, and comes back after the failover",
            node -> links.forEach(link -> node.set(link, false)),
            node -> links.forEach(link -> node.set(link, true))),
        ofPrimary(
            "full-disk",
            "every write of the primary's server fails, as on a full disk, until after the failover",
            node -> node.refuseWrites(Processes.POSTGRESQL),
            this::startWithWrites),
        ofPrimary(
            "slow-disk",
            "each flush to the primary's disk takes %d ms longer, for %d s"
                .formatted(SlowDisk.DELAY.toMillis(), SLOW.toSeconds() + 2),
            SLOW,
            SlowDisk::begin,
            SlowDisk::end));
  }

  private Strike killPrimary() {
    Node primary = primary();
    primary.signal("KILL", Processes.POSTGRESQL);
    // What watches it decides: a failover, or a start in place.
    return new Strike(primary.name(), () -> true, longest, () -> databases.startAgain(primary));
  }

  /** The limit is one of its processes, so new ones have none. */
  private void startWithWrites(Node node) {
    node.kill(Processes.POSTGRESQL);
    databases.startAgain(node);
  }

  private Fault frozen(String name, String what, Predicate<String> which) {
    return ofPrimary(
        name,
        what + " is frozen (SIGSTOP), and thawed (SIGCONT) after the failover",
        node -> node.signal("STOP", which),
        node -> node.signal("CONT", which));
  }

  /** A fault that lasts until another node is the primary. */
  Fault ofPrimary(String name, String what, Consumer<Node> strike, Consumer<Node> heal) {
    return ofPrimary(name, what, longest, strike, heal);
  }

  /** The same with a limit of its own. */
  Fault ofPrimary(
      String name, String what, Duration most, Consumer<Node> strike, Consumer<Node> heal) {
    return new Fault(
        name,
        what,
        () -> {
          Node primary = primary();
          strike.accept(primary);
          return new Strike(
              primary.name(), () -> isPrimaryElsewhere(primary), most, () -> heal.accept(primary));
        });
  }

  /** The node of the primary now. */
  Node primary() {
    return databases.primary().orElseThrow(() -> new BenchException("There is no primary"));
  }

  private boolean isPrimaryElsewhere(Node struck) {
    return databases.status().stream()
        .anyMatch(one -> one.role() == Role.PRIMARY && !one.node().equals(struck.name()));
  }
}
