package io.boxoffice.lab.host;

import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What must be there before a lab starts: root, Debian packages, a namespace of its own. */
public final class Requirements {
  private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");
  private static final List<Path> PATHS =
      List.of(
          Path.of("/usr/sbin"),
          Path.of("/usr/bin"),
          Path.of("/sbin"),
          Path.of("/bin"),
          Path.of("/usr/local/bin"));
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(9);

  /** The command that shows that a package is installed. */
  private static final Map<String, String> COMMANDS = commands();

  private Requirements() {}

  private static Map<String, String> commands() {
    Map<String, String> commands = new LinkedHashMap<>();
    commands.put("iproute2", "ip");
    commands.put("util-linux", "setpriv");
    commands.put("procps", "kill");
    commands.put("patroni", "patroni");
    commands.put("etcd-server", "etcd");
    commands.put("haproxy", "haproxy");
    commands.put("strace", "strace");
    commands.put("faketime", "faketime");
    commands.put("nginx-light", "nginx");
    commands.put("xz-utils", "xz");
    return commands;
  }

  /** The packages of a topology with one server of each kind. */
  public static List<String> single() {
    return List.of("iproute2", "util-linux", "procps", "postgresql", "strace");
  }

  /** The packages of a topology that fails over. */
  public static List<String> cluster() {
    List<String> packages = new ArrayList<>(single());
    packages.addAll(List.of("patroni", "etcd-server", "haproxy", "faketime"));
    return List.copyOf(packages);
  }

  /** The packages of two sites. Of PostgreSQL, only its user is used where it is older than 16. */
  public static List<String> sites() {
    return List.of("iproute2", "util-linux", "procps", "postgresql", "haproxy", "xz-utils");
  }

  /**
   * Checks everything.
   *
   * @param install whether missing packages are installed
   * @throws BenchException with what is missing, and the command that installs it
   */
  public static void require(List<String> packages, boolean install) {
    if (!"root".equals(System.getProperty("user.name"))) {
      throw new BenchException(
          "The lab needs root, for network namespaces: sudo ./boxoffice lab ...");
    }
    List<String> missing = missing(packages, Requirements::isInstalled);
    if (!missing.isEmpty() && install) {
      install(missing);
      missing = missing(packages, Requirements::isInstalled);
    }
    if (!missing.isEmpty()) {
      throw new BenchException(
          "Not installed: %s. Install with: %s   (or add --install)"
              .formatted(String.join(", ", missing), installation(missing)));
    }
    requireOwnNetwork();
  }

  /** The packages of a list that are not installed, in its order. */
  static List<String> missing(List<String> packages, Predicate<String> isInstalled) {
    return packages.stream().filter(isInstalled.negate()).toList();
  }

  /** The line that installs packages. */
  static String installation(List<String> packages) {
    // RUNLEVEL=1, because Debian starts the services that it installs, and the lab starts its own.
    return "RUNLEVEL=1 apt-get install -y --no-install-recommends " + String.join(" ", packages);
  }

  private static boolean isInstalled(String name) {
    if (name.equals("postgresql")) {
      return !versions().isEmpty();
    }
    return PATHS.stream().anyMatch(path -> Files.isExecutable(path.resolve(COMMANDS.get(name))));
  }

  private static void install(List<String> missing) {
    // The lab's namespace has no route to a package registry; that of its parent may have one.
    long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L);
    List<String> command =
        new ArrayList<>(List.of("nsenter", "--net=/proc/%d/ns/net".formatted(parent), "sh", "-c"));
    command.add("apt-get update && DEBIAN_FRONTEND=noninteractive " + installation(missing));
    Command.require(INSTALL_LIMIT, command);
  }

  /** A new namespace has the loopback only. */
  private static void requireOwnNetwork() {
    try {
      if (!hasLoopbackOnly(Files.readAllLines(Path.of("/proc/self/net/dev")))) {
        throw new BenchException(
            "The lab runs in a network namespace of its own only: start it by ./boxoffice lab.");
      }
    } catch (IOException cause) {
      throw new BenchException("Cannot list the network devices", cause);
    }
  }

  /** Whether the kernel's table of devices has no other one. */
  static boolean hasLoopbackOnly(List<String> devices) {
    return devices.stream()
        .filter(line -> line.contains(":"))
        .allMatch(line -> line.strip().startsWith("lo:"));
  }

  /** The folder of the newest PostgreSQL's programs. */
  public static Path postgresql() {
    return versions().get(0);
  }

  private static List<Path> versions() {
    if (!Files.isDirectory(POSTGRESQL)) {
      return List.of();
    }
    try (Stream<Path> versions = Files.list(POSTGRESQL)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .sorted(
              Comparator.comparingInt(
                      (Path bin) -> Integer.parseInt(bin.getParent().getFileName().toString()))
                  .reversed())
          .toList();
    } catch (IOException cause) {
      throw new BenchException("Cannot list " + POSTGRESQL, cause);
    }
  }
}
