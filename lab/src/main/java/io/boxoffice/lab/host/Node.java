package io.boxoffice.lab.host;

import io.boxoffice.lab.host.Plan.Link;
import io.boxoffice.stress.bench.safety.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A machine of the lab: a network namespace with an address, a folder, and processes. */
public final class Node implements AutoCloseable {
  /** Accepts every process. */
  public static final Predicate<String> ALL = command -> true;

  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final String name;
  private final int number;
  private final Path folder;

  /**
   * A node that {@link #create} makes.
   *
   * @param number the last part of its addresses, 2 to 254
   * @param folder its files; the parent exists
   */
  public Node(String name, int number, Path folder) {
    this.name = name;
    this.number = number;
    this.folder = folder;
  }

  /** Makes the namespace, with the given links, and the folder. */
  public void create(Link... links) {
    Plan.node(name).forEach(command -> Command.require(command.toArray(String[]::new)));
    for (Link link : links) {
      Plan.connect(name, number, link)
          .forEach(command -> Command.require(command.toArray(String[]::new)));
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException cause) {
      throw new BenchException("Cannot create " + folder, cause);
    }
  }

  public String name() {
    return name;
  }

  /** Its address for clients. */
  public String address() {
    return Link.DATA.address(number);
  }

  /** Its address for etcd. */
  public String controlAddress() {
    return Link.CONTROL.address(number);
  }

  /** Its address for the other site. */
  public String sitesAddress() {
    return Link.SITES.address(number);
  }

  public Path folder() {
    return folder;
  }

  /**
   * Starts a process as root; its output is appended to a file of the folder.
   *
   * @param log the name of that file, without its ending
   */
  public Process start(String log, Map<String, String> settings, List<String> command) {
    List<String> whole = new ArrayList<>(Plan.inside(name));
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
    builder.environment().putAll(settings);
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(log + ".log").toFile()));
    try {
      return builder.start();
    } catch (IOException cause) {
      throw new BenchException("Cannot start %s: %s".formatted(whole, cause.getMessage()), cause);
    }
  }

  /** Starts a process as the user postgres, because PostgreSQL refuses to run as root. */
  public Process startAsPostgres(String log, Map<String, String> settings, List<String> command) {
    return start(log, settings, asPostgres(command));
  }

  /** Runs a command as the user postgres to its end. */
  public String runAsPostgres(Duration limit, List<String> command) {
    List<String> whole = new ArrayList<>(Plan.inside(name));
    whole.addAll(asPostgres(command));
    return Command.require(limit, whole);
  }

  private static List<String> asPostgres(List<String> command) {
    List<String> whole =
        new ArrayList<>(
            List.of("setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"));
    whole.addAll(command);
    return whole;
  }

  /**
   * The processes whose command line is accepted.
   *
   * @param which sees the words of the command line, separated by spaces
   */
  public List<Long> processes(Predicate<String> which) {
    String pids = Command.require("ip", "netns", "pids", Plan.namespace(name));
    return pids.lines().map(Long::valueOf).filter(pid -> which.test(commandOf(pid))).toList();
  }

  private static String commandOf(long pid) {
    try {
      return new String(
              Files.readAllBytes(Path.of("/proc/%d/cmdline".formatted(pid))),
              java.nio.charset.StandardCharsets.UTF_8)
          .replace('\0', ' ')
          .strip();
    } catch (IOException ended) {
      return "";
    }
  }

  /** Whether a tracer is attached to a process; also true after the process has ended. */
  public static boolean isTraced(long pid) {
    try {
      return !Files.readString(Path.of("/proc/%d/status".formatted(pid)))
          .contains("TracerPid:\t0\n");
    } catch (IOException ended) {
      return true;
    }
  }

  /**
   * Sends a signal to processes.
   *
   * @param signal its name, such as KILL
   */
  public void signal(String signal, Predicate<String> which) {
    List<Long> pids = processes(which);
    if (!pids.isEmpty()) {
      List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
      pids.forEach(pid -> command.add(Long.toString(pid)));
      // A process may have ended in the meantime, so the exit code says nothing.
      Command.run(END_LIMIT, command);
    }
  }

  /** Kills processes, and waits until none of them is left. */
  public void kill(Predicate<String> which) {
    long begin = System.nanoTime();
    signal("KILL", which);
    while (!processes(which).isEmpty()) {
      if (System.nanoTime() - begin > END_LIMIT.toNanos()) {
        throw new BenchException("The processes of node %s do not end".formatted(name));
      }
      signal("KILL", which);
    }
  }

  /**
   * Lets every write to a file fail, in processes of the user postgres and in those that they
   * start.
   *
   * @throws BenchException when the system does not allow it
   */
  public void refuseWrites(Predicate<String> which) {
    int refused = 0;
    for (long pid : processes(which)) {
      // As their own user, because root may lack the capability. A process may have ended
      // meanwhile.
      List<String> command =
          asPostgres(List.of("prlimit", "--pid", Long.toString(pid), "--fsize=0"));
      refused += Command.run(END_LIMIT, command).code() == 0 ? 1 : 0;
    }
    if (refused == 0) {
      throw new BenchException("No process of %s can be kept from writing".formatted(name));
    }
  }

  /** Takes a link down, so that nothing reaches the node by it, or up again. */
  public void set(Link link, boolean up) {
    Command.require(Plan.set(name, link, up).toArray(String[]::new));
  }

  /** Lets two nodes lose each other, and nothing else, on one link; or reach each other again. */
  public void set(Link link, Node other, boolean reachable) {
    Command.require(Plan.setReachable(name, link, other.number, reachable).toArray(String[]::new));
    Command.require(Plan.setReachable(other.name, link, number, reachable).toArray(String[]::new));
  }

  /** Kills everything in it and removes its namespace. */
  @Override
  public void close() {
    kill(ALL);
    Command.require("ip", "netns", "delete", Plan.namespace(name));
  }

  @Override
  public String toString() {
    return name;
  }
}
