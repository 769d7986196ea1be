package io.boxoffice.lab.database;

import io.boxoffice.lab.host.Node;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The clock of the PostgreSQL of a node, which a fault can move while it runs. All namespaces share
 * the clock of the machine, so libfaketime adds an offset that it reads from a file once a second.
 * Timers and monotonic clocks stay, as when an operator sets a clock.
 */
final class MovableClock {
  /** In the folder of Debian's libraries for this processor. */
  private static final String LIBRARY = "/usr/$LIB/faketime/libfaketime.so.1";

  private MovableClock() {}

  /**
   * Makes a folder whose programs are those of PostgreSQL, and whose server has a movable clock.
   *
   * @param programs the folder of PostgreSQL's programs
   * @return the folder
   */
  static Path programs(Node node, Path programs) {
    Path folder = node.folder().resolve("programs");
    try (Stream<Path> all = Files.list(programs)) {
      Files.createDirectories(folder);
      for (Path program : all.toList()) {
        Path name = program.getFileName();
        if (!name.toString().equals("postgres")) {
          Files.createSymbolicLink(folder.resolve(name), program);
        }
      }
      Path server = folder.resolve("postgres");
      Files.writeString(server, script(file(node), programs.resolve("postgres")));
      Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException cause) {
      throw new BenchException("Cannot write " + folder, cause);
    }
    set(node, Duration.ZERO);
    return folder;
  }

  static String script(Path file, Path server) {
    return String.join(
        " ",
        List.of(
            "#!/bin/sh\nexec env",
            "LD_PRELOAD='" + LIBRARY + "'",
            "FAKETIME_TIMESTAMP_FILE=" + file,
            "FAKETIME_CACHE_DURATION=1",
            "FAKETIME_DONT_FAKE_MONOTONIC=1",
            server + " \"$@\"\n"));
  }

  /** Moves it; within a second. */
  static void set(Node node, Duration offset) {
    Path next = node.folder().resolve("clock.next");
    try {
      Files.writeString(next, "+%d\n".formatted(offset.toSeconds()));
      // The server must not read half of it.
      Files.move(next, file(node), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException cause) {
      throw new BenchException("Cannot move the clock of " + node, cause);
    }
  }

  private static Path file(Node node) {
    return node.folder().resolve("clock");
  }
}
