package io.boxoffice.lab.shop;

import io.boxoffice.lab.host.Node;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A proxy in front of the replicas of the shop. */
public final class Proxy {
  /** Where it takes requests. */
  public static final int PORT = 8080;

  /** The header of an answer with the address of its replica, if the proxy is compared. */
  public static final String SERVED_BY = "X-Served-By";

  private static final Path TEMPLATES = Path.of("lab/proxies");

  private final Node node;
  private final List<Node> replicas;
  private final ProxyProgram program;
  private final UnaryOperator<String> change;

  private Proxy(
      Node node, List<Node> replicas, ProxyProgram program, UnaryOperator<String> change) {
    this.node = node;
    this.replicas = List.copyOf(replicas);
    this.program = program;
    this.change = change;
  }

  /** HAProxy as it is shipped, which {@link #start} starts. */
  public static Proxy shipped(Node node, List<Node> replicas) {
    return new Proxy(node, replicas, ProxyProgram.HAPROXY, UnaryOperator.identity());
  }

  /** One that a comparison measures: its answers have the header {@link #SERVED_BY}. */
  public static Proxy compared(
      Node node, List<Node> replicas, ProxyProgram program, Algorithm algorithm) {
    return new Proxy(node, replicas, program, file -> program.compared(file, algorithm));
  }

  public Node node() {
    return node;
  }

  /** Starts it; does not wait. */
  public void start() {
    Path template = TEMPLATES.resolve(program.file());
    Path file = node.folder().resolve(program.file());
    try {
      String shipped = program.configuration(Files.readString(template), replicas);
      Files.writeString(file, change.apply(shipped));
    } catch (IOException cause) {
      throw new BenchException("Cannot copy %s to %s".formatted(template, file), cause);
    }
    node.start(program.id(), Map.of(), program.command(node.folder()));
  }

  /** Kills it. */
  public void stop() {
    node.kill(Node.ALL);
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
}
