package io.boxoffice.lab.balancing;

import io.boxoffice.lab.host.Node;
import io.boxoffice.stress.bench.safety.BenchException;
import java.util.List;
import java.util.Map;

/**
 * Stops a replica for most of each tenth of a second, as the kernel does with a container that has
 * used up its share of the processors.
 */
final class SlowReplica implements AutoCloseable {
  /** How long a replica is stopped in each tenth of a second. */
  static final int STOPPED_MILLIS = 90;

  static final int RUNS_MILLIS = 100 - STOPPED_MILLIS;

  /** A program of its own, because a shell sends signals without a new process for each. */
  private static final String LOOP =
      """
      exec 9<> <(:)
      while kill -STOP %1$d; do
        read -rt 0.%2$03d -u 9
        kill -CONT %1$d || exit
        read -rt 0.%3$03d -u 9
      done
      """;

  private final Node node;

  private SlowReplica(Node node) {
    this.node = node;
  }

  /** Slows the replica of a node. */
  static SlowReplica of(Node node) {
    List<Long> shop = node.processes(command -> command.contains("boxoffice.jar"));
    if (shop.size() != 1) {
      throw new BenchException("Node %s has %d shops".formatted(node, shop.size()));
    }
    node.start(
        "slow",
        Map.of(),
        List.of("bash", "-c", LOOP.formatted(shop.get(0), STOPPED_MILLIS, RUNS_MILLIS)));
    return new SlowReplica(node);
  }

  /** The replica runs at full speed again. */
  @Override
  public void close() {
    node.kill(command -> command.startsWith("bash"));
    node.signal("CONT", Node.ALL);
  }
}
