package io.boxoffice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the RabbitMQ of the machine, and tells it to use nothing but its own folder and ports. */
final class RabbitProgram {
  /** The folder of the commands; null if the machine has none. */
  private static final Path FOLDER = find();

  private RabbitProgram() {}

  /** Not the commands of the path: Debian's change the user, and need root for it. */
  private static Path find() {
    for (Path parent :
        List.of(
            Path.of("/usr/lib/rabbitmq/lib"),
            Path.of("/opt/homebrew/opt"),
            Path.of("/usr/local/opt"))) {
      if (Files.isDirectory(parent)) {
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(parent, "rabbitmq*")) {
          for (Path version : versions) {
            if (Files.isExecutable(version.resolve("sbin/rabbitmq-server"))) {
              return version.resolve("sbin");
            }
          }
        } catch (IOException cause) {
          throw new UncheckedIOException(cause);
        }
      }
    }
    return null;
  }

  static boolean isInstalled() {
    return FOLDER != null;
  }

  /** Returns the path of a command. */
  static String path(String command) {
    return FOLDER.resolve(command).toString();
  }

  static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  /**
   * The environment of the server and of its commands.
   *
   * @param ports for clients, for other nodes and for the port mapper
   */
  static Map<String, String> environment(Path folder, List<Integer> ports) {
    int port = ports.get(0);
    return Map.ofEntries(
        Map.entry("HOME", folder.toString()),
        Map.entry("RABBITMQ_NODENAME", "boxoffice-test-%d@localhost".formatted(port)),
        Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
        Map.entry("RABBITMQ_NODE_PORT", Integer.toString(port)),
        Map.entry("RABBITMQ_DIST_PORT", Integer.toString(ports.get(1))),
        Map.entry("ERL_EPMD_PORT", Integer.toString(ports.get(2))),
        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
        Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString()),
        Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
        Map.entry("RABBITMQ_LOGS", "-"),
        Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq").toString()),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("plugins").toString()),
        // A command must not start a port mapper that would stay.
        Map.entry("RABBITMQ_CTL_ERL_ARGS", "-start_epmd false"),
        Map.entry("RABBITMQ_CONF_ENV_FILE", folder.resolve("none").toString()));
  }
}
