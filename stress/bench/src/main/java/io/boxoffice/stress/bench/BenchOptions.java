package io.boxoffice.stress.bench;

import io.boxoffice.stress.bench.safety.BenchException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The options of the command line. Each has a limit, so that a typing error cannot load a machine
 * for a day.
 *
 * @param measured how long each load is measured
 * @param rounds the number of rounds; the median counts
 * @param warmUp how long each process of the service is loaded before it is measured
 * @param connections how many buyers buy at the same time
 * @param only the names of the scenarios to measure
 * @param out the folder for the report
 */
public record BenchOptions(
    Duration measured, int rounds, Duration warmUp, int connections, List<String> only, Path out) {

  /** How the command is used. */
  public static final String USAGE =
      """
      ./boxoffice bench [options]
      ./boxoffice bench delay [NAME=VALUE ...]    the cost of delays; see docs/simulation.md
      ./boxoffice bench stores [SECONDS [ROUNDS]] PostgreSQL and Redis compared; see docs/redis.md

        --seconds N        measure each load for N seconds a round (10; 1 to 40)
        --rounds N         take the median of N rounds (3; 1 to 9)
        --warm-up N        load each process for N seconds first (120; 0 to 300)
        --connections N    buyers at the same time (64; 1 to 512)
        --only A,B,...     only some of: %s
        --out FOLDER       the folder for bench.md, bench.json and bench.svg (stress/target/bench)

      With BENCH_DATABASE_URL, BENCH_DATABASE_USER and BENCH_DATABASE_PASSWORD it measures in a
      database of its own on that PostgreSQL, which must be on this machine's loopback.
      """
          .formatted(String.join(", ", Scenarios.NAMES));

  /**
   * Reads the command line.
   *
   * @throws BenchException when it has an unknown or invalid option
   */
  public static BenchOptions parse(String... arguments) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
    int seconds = 10;
    int rounds = 3;
    int warmUp = 120;
    int connections = 64;
    List<String> only = Scenarios.NAMES;
    Path out = Path.of("stress/target/bench");
    while (!rest.isEmpty()) {
      String option = rest.remove();
      if (rest.isEmpty()) {
        throw new BenchException(
            "There is no option %s, or its value is missing.".formatted(option));
      }
      String value = rest.remove();
      switch (option) {
        case "--seconds" -> seconds = number(option, value, 1, 40);
        case "--rounds" -> rounds = number(option, value, 1, 9);
        case "--warm-up" -> warmUp = number(option, value, 0, 300);
        case "--connections" -> connections = number(option, value, 1, 512);
        case "--only" -> only = names(value);
        case "--out" -> out = Path.of(value);
        default -> throw new BenchException("There is no option %s.".formatted(option));
      }
    }
    return new BenchOptions(
        Duration.ofSeconds(seconds), rounds, Duration.ofSeconds(warmUp), connections, only, out);
  }

  private static int number(String option, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException cause) {
      // The check below reports it, like a number out of bounds.
    }
    throw new BenchException("%s must be a number from %d to %d.".formatted(option, least, most));
  }

  private static List<String> names(String value) {
    List<String> names = List.of(value.split(","));
    for (String name : names) {
      if (!Scenarios.NAMES.contains(name)) {
        throw new BenchException(
            "There is no '%s' to measure, only %s."
                .formatted(name, String.join(", ", Scenarios.NAMES)));
      }
    }
    return names;
  }
}
