package io.boxoffice.stress.compare;

import io.boxoffice.stress.bench.safety.BenchException;
import io.boxoffice.stress.compare.process.Way;
import io.boxoffice.stress.compare.result.Condition;
import io.boxoffice.stress.compare.scenario.ScenarioKind;
import io.boxoffice.stress.plot.data.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The options of the command line. Each has a limit, so that a typing error cannot load a machine
 * for a day.
 *
 * @param scenarios what to compare
 * @param ways the ways to compare
 * @param rate requests per second of each scenario; 0 for its own
 * @param duration how long each load is measured
 * @param warmUp how long it is sent before that
 * @param timeLimit how long the client of a request waits for its answer
 * @param conditions what the loads meet, one table each
 * @param out the folder for the results
 */
public record CompareOptions(
    List<ScenarioKind> scenarios,
    List<Way> ways,
    double rate,
    Duration duration,
    Duration warmUp,
    Duration timeLimit,
    List<Condition> conditions,
    Path out) {
  private static final double MOST_PER_SECOND = 2_000;
  private static final List<String> TRANSPORTS = List.of("postgresql", "rabbitmq");

  /** How the command is used. */
  public static final String USAGE =
      """
      ./boxoffice compare [options]
      ./boxoffice compare --controls    run the tests that leave out a guard, and show what they find

        --scenario A,B,...    %s (all)
        --way A,B,...         blocking, nonblocking, events (all)
        --transport A,B       postgresql, rabbitmq: what carries events (all that are installed)
        --rate N              requests per second (each scenario has its own; 0.1 to 2000)
        --duration T          measure each load for T, such as 20s (20s; 2s to 10m)
        --warm-up T           send the same load for T before that (10s; 0s to 2m)
        --time-limit T        how long a client waits for its answer (10s; 1s to 60s)
        --kill X              shop, partner or broker: kill it by SIGKILL in the middle of each load, start it
                              again after 2 s, and print a second table
        --control no-keys     the partners lose answers; with and without a proxy that replaces each key
        --out FOLDER          the folder for compare.md, compare.json and the plots (stress/target/compare)

      Exit codes: 0 success, 1 a failed run, 4 something was lost or done twice in the events way, except with
      --control.
      """
          .formatted(
              Arrays.stream(ScenarioKind.values())
                  .map(ScenarioKind::id)
                  .collect(Collectors.joining(", ")));

  /**
   * Reads the command line.
   *
   * @param brokerIsInstalled whether RabbitMQ is compared if the command line does not name it
   * @throws BenchException when it has an unknown or invalid option
   */
  public static CompareOptions parse(boolean brokerIsInstalled, String... arguments) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
    List<ScenarioKind> scenarios = List.of(ScenarioKind.values());
    List<String> communications = List.of("blocking", "nonblocking", "events");
    List<String> transports = brokerIsInstalled ? TRANSPORTS : TRANSPORTS.subList(0, 1);
    double rate = 0;
    Duration duration = Duration.ofSeconds(20);
    Duration warmUp = Duration.ofSeconds(10);
    Duration timeLimit = Duration.ofSeconds(10);
    List<Condition> conditions = List.of(Condition.NORMAL);
    Path out = Path.of("stress/target/compare");
    while (!rest.isEmpty()) {
      String option = rest.remove();
      if (rest.isEmpty()) {
        throw wrong("There is no option %s, or its value is missing.", option);
      }
      String value = rest.remove();
      switch (option) {
        case "--scenario" -> scenarios = scenarios(value);
        case "--way" -> communications = names(value, communications);
        case "--transport" -> transports = names(value, TRANSPORTS);
        case "--rate" -> rate = number(value);
        case "--duration" -> duration = duration(option, value, 2, 600);
        case "--warm-up" -> warmUp = duration(option, value, 0, 120);
        case "--time-limit" -> timeLimit = duration(option, value, 1, 60);
        case "--kill" -> conditions = List.of(Condition.NORMAL, killed(value));
        case "--control" -> conditions = control(value);
        case "--out" -> out = Path.of(value);
        default -> throw wrong("There is no option %s.", option);
      }
    }
    List<Way> ways = ways(communications, transports);
    if (ways.contains(Way.EVENTS_RABBITMQ) && !brokerIsInstalled) {
      throw wrong("RabbitMQ is not installed (apt-get install rabbitmq-server).");
    }
    return new CompareOptions(scenarios, ways, rate, duration, warmUp, timeLimit, conditions, out);
  }

  /** How many requests a second a scenario gets. */
  public double rateOf(ScenarioKind scenario) {
    return rate > 0 ? rate : scenario.rate();
  }

  private static List<Way> ways(List<String> communications, List<String> transports) {
    List<Way> ways = new ArrayList<>();
    for (Way way : Way.values()) {
      if (communications.contains(way.communication())
          && (way.transport().isEmpty() || transports.contains(way.transport()))) {
        ways.add(way);
      }
    }
    return List.copyOf(ways);
  }

  private static List<ScenarioKind> scenarios(String value) {
    List<String> wanted =
        names(value, Arrays.stream(ScenarioKind.values()).map(ScenarioKind::id).toList());
    return Arrays.stream(ScenarioKind.values()).filter(one -> wanted.contains(one.id())).toList();
  }

  private static List<String> names(String value, List<String> known) {
    List<String> names = List.of(value.split(",", -1));
    for (String name : names) {
      if (!known.contains(name)) {
        throw wrong("There is no '%s', only %s.", name, String.join(", ", known));
      }
    }
    return names;
  }

  private static Condition killed(String value) {
    return switch (value) {
      case "shop" -> Condition.SHOP_KILLED;
      case "partner" -> Condition.PARTNER_KILLED;
      case "broker" -> Condition.BROKER_KILLED;
      default -> throw wrong("--kill must be shop, partner or broker.");
    };
  }

  private static List<Condition> control(String value) {
    if (!value.equals("no-keys")) {
      throw wrong("--control must be no-keys.");
    }
    return List.of(Condition.ANSWERS_LOST, Condition.NO_KEYS);
  }

  private static double number(String value) {
    try {
      double number = Double.parseDouble(value);
      if (number >= 0.1 && number <= MOST_PER_SECOND) {
        return number;
      }
    } catch (NumberFormatException cause) {
      // The check below reports it, like a number out of bounds.
    }
    throw wrong("--rate must be a number from 0.1 to %.0f.", MOST_PER_SECOND);
  }

  private static Duration duration(String option, String value, int least, int most) {
    try {
      Duration duration = Durations.parse(value);
      if (duration.toSeconds() >= least && duration.compareTo(Duration.ofSeconds(most)) <= 0) {
        return duration;
      }
    } catch (IllegalArgumentException cause) {
      // The check below reports it, like a duration out of bounds.
    }
    throw wrong("%s must be from %ds to %ds, written like 30s or 1m.", option, least, most);
  }

  private static BenchException wrong(String format, Object... values) {
    return new BenchException(String.format(Locale.ROOT, format, values));
  }
}
