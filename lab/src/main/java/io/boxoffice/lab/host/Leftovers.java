package io.boxoffice.lab.host;

import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes what an aborted lab left: processes, namespaces, mounts and files. */
public final class Leftovers {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Leftovers() {}

  /**
   * Removes them.
   *
   * @param data the folder of all nodes
   * @return a sentence for each thing that was removed
   */
  public static List<String> remove(Path data) {
    List<String> removed = new ArrayList<>();
    for (String namespace : namespaces(Command.require("ip", "netns", "list"))) {
      Node node = new Node(namespace.substring(Plan.PREFIX.length()), 2, data);
      int processes = node.processes(Node.ALL).size();
      node.close();
      removed.add("namespace %s with %d processes".formatted(namespace, processes));
    }
    if (Files.exists(data)) {
      unmount(data);
      delete(data);
      removed.add("folder " + data);
    }
    return removed;
  }

  /** The namespaces of a lab in what {@code ip netns list} prints. */
  static List<String> namespaces(String list) {
    return list.lines()
        .map(line -> line.split(" ", 2)[0])
        .filter(name -> name.startsWith(Plan.PREFIX))
        .toList();
  }

  /** Removes the folder with everything in it. */
  public static void delete(Path data) {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException cause) {
      throw new BenchException("Cannot remove %s: %s".formatted(data, cause.getMessage()), cause);
    }
  }

  /** Unmounts every file system below the folder. */
  public static void unmount(Path data) {
    try (Stream<String> mounts = Files.lines(Path.of("/proc/mounts"))) {
      mounts
          .map(line -> line.split(" ", 3)[1])
          .filter(point -> Path.of(point).startsWith(data))
          .forEach(point -> Command.require(LIMIT, List.of("umount", point)));
    } catch (IOException cause) {
      throw new BenchException("Cannot read the mounts", cause);
    }
  }
}
