package io.boxoffice.lab;

import io.boxoffice.lab.database.Configuration;
import io.boxoffice.lab.usage.OptionValues;
import io.boxoffice.lab.usage.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * The options of the command line. Each has a limit.
 *
 * @param topology which one to start
 * @param faults the names of what to inject; empty to run until Ctrl-C
 * @param repeats how often each fault happens
 * @param configuration how the databases fail over
 * @param perSecond how many buyers arrive
 * @param duration how long the lab runs without faults; zero until Ctrl-C
 * @param script whether the failover script runs, on the topology single
 * @param install whether missing packages are installed
 * @param out the folder for the results
 */
public record LabOptions(
    String topology,
    List<String> faults,
    int repeats,
    Configuration configuration,
    double perSecond,
    Duration duration,
    boolean script,
    boolean install,
    Path out) {
  /** The topologies. */
  static final List<String> TOPOLOGIES = List.of("single", "active-passive", "active-active");

  /** Injects every fault. */
  static final String ALL = "all";

  /** The word that compares proxies in place of a topology. */
  static final String BALANCING = "balancing";

  private static final int MOST_REPEATS = 200;
  private static final double MOST_PER_SECOND = 1_000;
  private static final String LONGEST = "1d";

  /** How the command is used. */
  public static final String USAGE =
      """
      ./boxoffice lab %s [options]

        Starts a topology in network namespaces of this machine, and shows it until Ctrl-C. Needs root and
        Debian packages, and says which.

        --fault A,B,...       inject these faults under load, audit the sales and end; "all" for all. A wrong
                              name lists them
        --repeat N            how often (1; 1 to %d)
        --configuration X     %s: how the databases fail over (shipped); not
                              default with active-active
        --rate N              buyers per second (100; 1 to 1000)
        --duration T          without faults: stop after T, such as 30s
        --script              single only: stop the database, see the API fail, start it, read the data
        --install             install missing Debian packages
        --out FOLDER          the folder for lab.md, lab.jsonl, lab.svg and the histories (lab/target/lab)

      ./boxoffice lab balancing --help: compare load-balancing algorithms; see docs/balancing.md

      Exit codes: 0 success, 1 a failed run, 2 wrong use, 4 something was lost or sold twice.
      docs/topologies.md describes topologies, faults and configurations.
      """
          .formatted(String.join("|", TOPOLOGIES), MOST_REPEATS, Configuration.ids());

  /** Whether a fault is injected. */
  boolean injects(String fault) {
    return faults.contains(ALL) || faults.contains(fault);
  }

  /** Whether it runs until Ctrl-C or for a time, without faults. */
  boolean isShow() {
    return faults.isEmpty() && !script;
  }

  /**
   * Reads the command line.
   *
   * @throws UsageException when it has an unknown or invalid option
   */
  public static LabOptions parse(String... arguments) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
    String topology = rest.isEmpty() ? "" : rest.remove();
    if (!TOPOLOGIES.contains(topology)) {
      throw wrong("There is no topology '%s', only %s.", topology, String.join(", ", TOPOLOGIES));
    }
    List<String> faults = List.of();
    int repeats = 1;
    Configuration configuration = Configuration.SHIPPED;
    double perSecond = 100;
    Duration duration = Duration.ZERO;
    boolean script = false;
    boolean install = false;
    Path out = Path.of("lab/target/lab");
    while (!rest.isEmpty()) {
      String option = rest.remove();
      if (option.equals("--install")) {
        install = true;
        continue;
      }
      if (option.equals("--script")) {
        script = true;
        continue;
      }
      if (rest.isEmpty()) {
        throw wrong("There is no option %s, or its value is missing.", option);
      }
      String value = rest.remove();
      switch (option) {
        case "--fault" -> faults = List.of(value.split(",", -1));
        case "--repeat" -> repeats = (int) OptionValues.number(option, value, 1, MOST_REPEATS);
        case "--configuration" -> configuration = configuration(value);
        case "--rate" -> perSecond = OptionValues.number(option, value, 1, MOST_PER_SECOND);
        case "--duration" -> duration = OptionValues.duration(option, value, LONGEST);
        case "--out" -> out = Path.of(value);
        default -> throw wrong("There is no option %s.", option);
      }
    }
    if (script && !topology.equals("single")) {
      throw wrong("--script needs the topology single.");
    }
    if (script && !faults.isEmpty()) {
      throw wrong("--script and --fault exclude each other.");
    }
    if (configuration == Configuration.DEFAULT && topology.equals("active-active")) {
      throw wrong("active-active has no --configuration default, only shipped and naive.");
    }
    return new LabOptions(
        topology, faults, repeats, configuration, perSecond, duration, script, install, out);
  }

  private static Configuration configuration(String value) {
    return Arrays.stream(Configuration.values())
        .filter(one -> one.id().equals(value))
        .findFirst()
        .orElseThrow(() -> wrong("--configuration must be one of %s.", Configuration.ids()));
  }

  private static UsageException wrong(String format, Object... values) {
    return new UsageException(String.format(Locale.ROOT, format, values));
  }
}
