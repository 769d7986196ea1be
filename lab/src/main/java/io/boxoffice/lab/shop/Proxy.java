package io.boxoffice.lab.shop;

import io.boxoffice.lab.host.Node;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** HAProxy in front of the replicas of the shop. */
public final class Proxy {
  /** Where it takes requests. */
  public static final int PORT = 8080;

  private final Node node;
  private final List<Node> replicas;

  /** A proxy that {@link #start} starts. */
  public Proxy(Node node, List<Node> replicas) {
    this.node = node;
    this.replicas = List.copyOf(replicas);
  }

  public Node node() {
    return node;
  }

  /** Starts it; does not wait. */
  public void start() {
    Path file = node.folder().resolve("haproxy.cfg");
    try {
      Files.writeString(file, configuration(replicas));
    } catch (IOException cause) {
      throw new BenchException("Cannot write " + file, cause);
    }
    node.start("haproxy", Map.of(), List.of("haproxy", "-db", "-f", file.toString()));
  }

  /** Starts it, if it does not run. */
  public void repair() {
    if (node.processes(Node.ALL).isEmpty()) {
      start();
    }
  }

  /** Where it takes requests. */
  public URI entrance() {
    return URI.create("http://%s:%d".formatted(node.address(), PORT));
  }

  /** HAProxy's file. */
  static String configuration(List<Node> replicas) {
    StringBuilder text =
        new StringBuilder(
            """
            global
              maxconn 4000
            defaults
              mode http
              timeout connect 1s
              timeout client 30s
              timeout server 15s
              timeout check 1s
              # A request that no replica has received goes to the other one. Others are the client's to repeat.
              retries 2
              retry-on conn-failure
              option redispatch 1
            listen shop
              bind :8080
              balance leastconn
              option forwardfor
              option httpchk GET /health?type=ready
              # A replica that is not ready for 4 s gets no more requests, and its open ones are ended. All replicas have one database:
              # while it fails over, they answer faster that it is away, and sell again sooner, than if they were taken out at once.
              default-server inter 500ms fall 8 rise 1 on-marked-down shutdown-sessions
            """);
    for (Node replica : replicas) {
      text.append(
          "  server %s %s:%d check%n"
              .formatted(replica.name(), replica.address(), ShopReplica.PORT));
    }
    return text.toString();
  }
}
