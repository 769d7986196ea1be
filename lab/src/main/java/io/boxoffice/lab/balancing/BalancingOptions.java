package io.boxoffice.lab.balancing;

import io.boxoffice.lab.host.Requirements;
import io.boxoffice.lab.shop.ProxyProgram;
import io.boxoffice.lab.usage.OptionValues;
import io.boxoffice.lab.usage.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The options of the comparison. Each has a limit.
 *
 * @param rounds how often each cell is measured
 * @param perSecond how many purchases arrive
 * @param load how long each cell is measured in a round
 * @param install whether missing packages are installed
 * @param out the folder for the results
 */
public record BalancingOptions(
    List<Situation> situations,
    List<ProxyProgram> programs,
    int rounds,
    double perSecond,
    Duration load,
    boolean install,
    Path out) {
  private static final int MOST_ROUNDS = 20;
  private static final double MOST_PER_SECOND = 1_000;
  private static final String LONGEST_LOAD = "1m";

  /** How the command is used. */
  public static final String USAGE =
      """
      ./boxoffice lab balancing [options]

        Compares round robin, least connections and source hash at a proxy in front of three replicas of the
        shop: about five minutes. Needs root and Debian packages, and says which.

        --situation A,B       %s (all)
        --proxy A,B           %s (all)
        --rate N              purchases per second (100; 1 to 1000)
        --repeat N            rounds (3; 1 to %d)
        --duration T          of each load, 1s to %s (3s)
        --install             install missing Debian packages
        --out FOLDER          the folder for balancing.md, balancing.jsonl and balancing.svg
                              (lab/target/balancing)

      Exit codes: 0 success, 1 a failed run, 2 wrong use.
      docs/balancing.md describes situations, algorithms and figures.
      """
          .formatted(
              ids(Situation.values(), Situation::id),
              ids(ProxyProgram.values(), ProxyProgram::id),
              MOST_ROUNDS,
              LONGEST_LOAD);

  /**
   * Reads the command line.
   *
   * @param arguments what follows the word balancing
   * @throws UsageException when it has an unknown or invalid option
   */
  public static BalancingOptions parse(List<String> arguments) {
    Deque<String> rest = new ArrayDeque<>(arguments);
    List<Situation> situations = List.of(Situation.values());
    List<ProxyProgram> programs = List.of(ProxyProgram.values());
    int rounds = 3;
    double perSecond = 100;
    Duration load = Duration.ofSeconds(3);
    boolean install = false;
    Path out = Path.of("lab/target/balancing");
    while (!rest.isEmpty()) {
      String option = rest.remove();
      if (option.equals("--install")) {
        install = true;
        continue;
      }
      if (rest.isEmpty()) {
        throw new UsageException(
            "There is no option %s, or its value is missing.".formatted(option));
      }
      String value = rest.remove();
      switch (option) {
        case "--situation" -> situations = some(option, value, Situation.values(), Situation::id);
        case "--proxy" -> programs = some(option, value, ProxyProgram.values(), ProxyProgram::id);
        case "--rate" -> perSecond = OptionValues.number(option, value, 1, MOST_PER_SECOND);
        case "--repeat" -> rounds = (int) OptionValues.number(option, value, 1, MOST_ROUNDS);
        case "--duration" -> load = OptionValues.duration(option, value, LONGEST_LOAD);
        case "--out" -> out = Path.of(value);
        default -> throw new UsageException("There is no option %s.".formatted(option));
      }
    }
    return new BalancingOptions(situations, programs, rounds, perSecond, load, install, out);
  }

  private static <T> List<T> some(String option, String value, T[] all, Function<T, String> id) {
    List<String> names = List.of(value.split(",", -1));
    List<String> known = Arrays.stream(all).map(id).toList();
    if (!known.containsAll(names)) {
      throw new UsageException("%s must be some of %s.".formatted(option, ids(all, id)));
    }
    return Arrays.stream(all).filter(one -> names.contains(id.apply(one))).toList();
  }

  private static <T> String ids(T[] all, Function<T, String> id) {
    return Arrays.stream(all).map(id).collect(Collectors.joining(","));
  }

  /** The Debian packages that it needs. */
  public List<String> packages() {
    return Stream.concat(
            Requirements.single().stream(), programs.stream().map(ProxyProgram::debianPackage))
        .toList();
  }
}
