package io.boxoffice.lab.passive;

import io.boxoffice.lab.database.Processes;
import io.boxoffice.lab.host.Node;
import io.boxoffice.lab.topology.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes each flush of a server's files to disk slower. A namespace has no disk of its own, so
 * strace stops each process of the server before the system call. It also makes other calls a
 * little slower.
 */
final class SlowDisk {
  /** What a network disk with problems takes, or one whose credits are used up. */
  static final Duration DELAY = Duration.ofMillis(300);

  private static final String CALLS = "fsync,fdatasync";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private SlowDisk() {}

  /** Begins; also for the processes that the server starts from now on. */
  static void begin(Node node) {
    List<Long> servers = node.processes(Processes.POSTGRESQL);
    String pids = servers.stream().map(pid -> Long.toString(pid)).collect(Collectors.joining(","));
    String delay = "inject=%s:delay_enter=%d".formatted(CALLS, DELAY.toNanos() / 1_000);
    node.start(
        "strace",
        Map.of(),
        List.of(
            "strace",
            "-f",
            "-q",
            "-o",
            "/dev/null",
            "-e",
            "trace=" + CALLS,
            "-e",
            delay,
            "-p",
            pids));
    Waiting.require(
        "strace is attached on " + node, () -> servers.stream().allMatch(Node::isTraced), LIMIT);
  }

  /** Ends: the processes of the server run on without delays. */
  static void end(Node node) {
    node.signal("TERM", Processes.STRACE);
    Waiting.require(
        "strace has ended on " + node, () -> node.processes(Processes.STRACE).isEmpty(), LIMIT);
  }
}
