package io.boxoffice.platform.database.embedded;

import io.boxoffice.platform.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the processes that an earlier run left in a folder. The operating system reuses process ids,
 * and the file that holds one may be damaged, so this class reads each process's working folder and
 * arguments.
 */
final class LeftProcesses {
  private static final Logger LOG = LoggerFactory.getLogger(LeftProcesses.class);
  private static final Set<String> PROGRAMS = Set.of("initdb", "pg_ctl", "postgres");
  private static final Duration END_LIMIT = Duration.ofSeconds(20);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  /** The number of rounds: a killed process may have started another one just before its end. */
  private static final int ROUNDS = 20;

  private final Predicate<Path> folder;

  /** Looks for processes in the folders that the predicate accepts. */
  LeftProcesses(Predicate<Path> folder) {
    this.folder = folder;
  }

  /** Ends all processes: first the servers, with an orderly stop, then the rest with a kill. */
  void end() {
    List<ProcessHandle> left = find();
    for (int round = 0; !left.isEmpty() && round < ROUNDS; round++) {
      List<ProcessHandle> servers = left.stream().filter(LeftProcesses::isServer).toList();
      servers.forEach(LeftProcesses::stop);
      if (servers.isEmpty()) {
        left.forEach(LeftProcesses::kill);
      }
      left = find();
    }
    if (!left.isEmpty()) {
      throw cannotStop(left.get(0));
    }
  }

  private List<ProcessHandle> find() {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(this::worksInFolder)
        .toList();
  }

  private boolean worksInFolder(ProcessHandle process) {
    if (process.info().command().filter(LeftProcesses::isOfPostgresql).isEmpty()) {
      return false;
    }
    Optional<Path> workingFolder = workingFolder(process);
    return workingFolder.filter(folder).isPresent()
        || dataFolder(process, workingFolder).filter(folder).isPresent();
  }

  private static boolean isOfPostgresql(String command) {
    // Linux appends this text to the path of a program whose file was removed.
    String path = command.replaceFirst(" \\(deleted\\)$", "");
    return PROGRAMS.contains(path.substring(path.lastIndexOf('/') + 1));
  }

  private static Optional<Path> dataFolder(ProcessHandle process, Optional<Path> workingFolder) {
    try {
      return dataOption(process)
          .map(data -> workingFolder.map(from -> from.resolve(data)).orElse(Path.of(data)))
          .map(LeftProcesses::withoutLinks);
    } catch (InvalidPathException notAPath) {
      return Optional.empty();
    }
  }

  /**
   * Reads the working folder where the operating system shows it. All processes of a server work in
   * its data folder.
   */
  private static Optional<Path> workingFolder(ProcessHandle process) {
    try {
      return Optional.of(
          Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd")));
    } catch (IOException | UnsupportedOperationException unknown) {
      return Optional.empty();
    }
  }

  private static Optional<String> dataOption(ProcessHandle process) {
    String[] arguments = process.info().arguments().orElse(new String[0]);
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--pgdata=")) {
        return Optional.of(arguments[i].substring("--pgdata=".length()));
      }
      if (arguments[i].equals("-D") && i + 1 < arguments.length) {
        return Optional.of(arguments[i + 1]);
      }
    }
    return Optional.empty();
  }

  private static Path withoutLinks(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException gone) {
      return path.toAbsolutePath().normalize();
    }
  }

  /**
   * Whether this is a server's first process. Its other processes show a title in place of
   * arguments.
   */
  private static boolean isServer(ProcessHandle process) {
    List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
    return process.info().command().orElse("").contains("postgres")
        && arguments.contains("-D")
        && !arguments.contains("--single");
  }

  private static void stop(ProcessHandle server) {
    LOG.warn("Stopping the PostgreSQL (process {}) that an earlier run left behind", server.pid());
    server.destroy();
    if (!hasEnded(server)) {
      kill(server);
    }
  }

  private static void kill(ProcessHandle process) {
    LOG.info("Ending process {} of an interrupted run", process.pid());
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    if (!hasEnded(process)) {
      throw cannotStop(process);
    }
  }

  private static boolean hasEnded(ProcessHandle process) {
    for (long left = END_LIMIT.toMillis(); left > 0; left -= POLL_INTERVAL.toMillis()) {
      try {
        process.onExit().get(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException notEnded) {
        // An ended process keeps its id, but no command, until its parent collects the exit code.
        if (process.info().command().isEmpty()) {
          return true;
        }
      } catch (ExecutionException | InterruptedException cause) {
        throw new IllegalStateException(cause);
      }
    }
    return false;
  }

  private static StartupException cannotStop(ProcessHandle process) {
    return new StartupException(
        "A PostgreSQL of an earlier run (process %d) does not stop. End it and start again."
            .formatted(process.pid()));
  }
}
