package io.boxoffice.lab.shop;

import io.boxoffice.lab.host.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs that can be the proxy. Their files are in lab/proxies, as a user can copy them. */
public enum ProxyProgram {
  HAPROXY("haproxy", "HAProxy", "haproxy", "haproxy.cfg", "  balance leastconn", "  bind :"),
  NGINX("nginx", "nginx", "nginx-light", "nginx.conf", "    least_conn;", "    listen ");

  private final String id;
  private final String title;
  private final String debianPackage;
  private final String file;
  private final String algorithmLine;
  private final String listenLine;

  ProxyProgram(
      String id,
      String title,
      String debianPackage,
      String file,
      String algorithmLine,
      String listenLine) {
    this.id = id;
    this.title = title;
    this.debianPackage = debianPackage;
    this.file = file;
    this.algorithmLine = algorithmLine;
    this.listenLine = listenLine;
  }

  /** Its name on the command line. */
  public String id() {
    return id;
  }

  /** Its name for a reader. */
  public String title() {
    return title;
  }

  /** The Debian package that has it. */
  public String debianPackage() {
    return debianPackage;
  }

  /** The name of its file. */
  String file() {
    return file;
  }

  /**
   * Runs it in the foreground.
   *
   * @param folder has its file
   */
  List<String> command(Path folder) {
    String path = folder.resolve(file).toString();
    return switch (this) {
      case HAPROXY -> List.of("haproxy", "-db", "-f", path);
      case NGINX ->
          List.of(
              "nginx",
              "-e",
              "stderr",
              "-c",
              path,
              "-g",
              "daemon off; pid %s;".formatted(folder.resolve("nginx.pid")));
    };
  }

  /** Its file with other replicas. */
  String configuration(String template, List<Node> replicas) {
    List<String> lines = new ArrayList<>();
    boolean written = false;
    for (String line : template.lines().toList()) {
      if (!line.matches(" +server [^{]*")) {
        lines.add(line);
      } else if (!written) {
        replicas.forEach(replica -> lines.add(line(replica, line)));
        written = true;
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /** A line like the given one, with another replica. */
  private String line(Node replica, String line) {
    String address = "%s:%d".formatted(replica.address(), ShopReplica.PORT);
    return switch (this) {
      case HAPROXY ->
          line.replaceFirst("server \\S+ \\S+", "server %s %s".formatted(replica.name(), address));
      case NGINX -> line.replaceFirst("server \\S+", "server " + address);
    };
  }

  /**
   * A file with another algorithm, whose answers name the replica in {@link Proxy#SERVED_BY}: the
   * shipped file shows no address to clients.
   */
  String compared(String configuration, Algorithm algorithm) {
    List<String> lines = new ArrayList<>();
    for (String line : configuration.lines().toList()) {
      if (!line.equals(algorithmLine)) {
        lines.add(line);
      } else if (this == HAPROXY) {
        lines.add("  balance " + algorithm.haproxy());
      } else if (!algorithm.nginx().isEmpty()) {
        lines.add("    " + algorithm.nginx());
      }
      if (line.startsWith(listenLine)) {
        lines.add(
            this == HAPROXY
                ? "  http-response set-header %s %%si:%%sp".formatted(Proxy.SERVED_BY)
                : "    add_header %s $upstream_addr always;".formatted(Proxy.SERVED_BY));
      }
    }
    return String.join("\n", lines) + "\n";
  }
}
