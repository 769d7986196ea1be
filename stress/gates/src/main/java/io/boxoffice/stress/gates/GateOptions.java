package io.boxoffice.stress.gates;

import io.boxoffice.stress.bench.safety.Loopback;
import io.boxoffice.stress.gates.exit.ExitCode;
import io.boxoffice.stress.gates.exit.GatesException;
import io.boxoffice.stress.plot.data.Durations;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * The options of the command line. Each has a limit.
 *
 * @param baseUrl without a slash at its end
 * @param rate persons that arrive per second, at all gates together
 * @param offline the share of the time in which a gate has no network, 0 to 0.9
 * @param operatorToken empty without one
 * @param gateToken what devices send; the operator's token if there is none of the gates
 * @param out the folder for the results; null for one of the run's own
 */
public record GateOptions(
    String baseUrl,
    int gates,
    double rate,
    double offline,
    Duration duration,
    String operatorToken,
    String gateToken,
    Path out) {
  private static final int MOST_GATES = 200;
  private static final double MOST_PER_SECOND = 5_000;
  private static final double MOST_PERSONS = 200_000;
  private static final double MOST_OFFLINE = 90;
  private static final Duration LOOKUP_LIMIT = Duration.ofSeconds(3);
  private static final Duration LEAST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** How the command is used. */
  public static final String USAGE =
      """
      ./boxoffice gates [options]

      Fills a hall: devices at gates scan tickets of a concert that the run creates, some of the time without
      network, and an audit compares every scan with the shop's records.

        --gates N              how many gates (20; 1 to 200)
        --rate N               how many persons arrive per second, at all gates (500; 1 to 5000)
        --offline P            the share of the time in which a gate has no network (10%; 0% to 90%)
        --duration D           how long persons arrive (1m; 5s to 1h), at most 200,000 persons
        --base-url URL         the shop (http://localhost:8080)
        --operator-token T     or the variable OPERATOR_TOKEN: to create the concert and the gates
        --gate-token T         or GATE_TOKEN: what devices send; without it, the operator's token
        --yes-i-own-this       required for a shop that is not on this machine
        --out FOLDER           the folder for the results (stress/target/reports/gates-TIME)

      Exit codes: 0 success, 2 wrong use, 3 no such shop or a wrong token, 4 the audit found a fault or
      failed. docs/gates.md explains the results.
      """;

  /**
   * Reads the command line.
   *
   * @param environment where tokens may be
   * @throws GatesException when an option is invalid
   */
  public static GateOptions parse(Map<String, String> environment, String... arguments) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
    String baseUrl = "http://localhost:8080";
    String operator = environment.getOrDefault("OPERATOR_TOKEN", "");
    String gate = environment.getOrDefault("GATE_TOKEN", "");
    int gates = 20;
    double rate = 500;
    double offline = 10;
    Duration duration = Duration.ofMinutes(1);
    boolean owned = false;
    Path out = null;
    while (!rest.isEmpty()) {
      String option = rest.remove();
      if (option.equals("--yes-i-own-this")) {
        owned = true;
        continue;
      }
      if (rest.isEmpty()) {
        throw wrong("There is no option %s, or its value is missing.".formatted(option));
      }
      String value = rest.remove();
      switch (option) {
        case "--base-url" -> baseUrl = value;
        case "--gates" -> gates = (int) number(option, value, 1, MOST_GATES);
        case "--rate" -> rate = number(option, value, 1, MOST_PER_SECOND);
        case "--offline" -> offline = number(option, value.replaceFirst("%$", ""), 0, MOST_OFFLINE);
        case "--duration" -> duration = duration(value);
        case "--operator-token" -> operator = value;
        case "--gate-token" -> gate = value;
        case "--out" -> out = Path.of(value);
        default -> throw wrong("There is no option %s.".formatted(option));
      }
    }
    if (rate * duration.toSeconds() > MOST_PERSONS) {
      throw wrong("A run has at most 200,000 persons: the rate multiplied by the seconds.");
    }
    requireOwn(baseUrl, owned);
    return new GateOptions(
        baseUrl.replaceFirst("/+$", ""),
        gates,
        rate,
        offline / 100,
        duration,
        operator.strip(),
        gate.isBlank() ? operator.strip() : gate.strip(),
        out);
  }

  /** How many persons arrive, about. */
  int persons() {
    return (int) Math.ceil(rate * duration.toMillis() / 1_000);
  }

  private static void requireOwn(String baseUrl, boolean owned) {
    String host = host(baseUrl);
    try {
      if (!owned && !Loopback.is(host, LOOKUP_LIMIT)) {
        throw wrong(
            "%s is not this machine. Add --yes-i-own-this only if you are allowed to load that shop."
                .formatted(host));
      }
    } catch (UnknownHostException unknown) {
      throw new GatesException(ExitCode.NO_SHOP, "There is no host '%s'.".formatted(host), unknown);
    } catch (TimeoutException slow) {
      throw new GatesException(
          ExitCode.NO_SHOP, "The address of the host '%s' is unknown.".formatted(host), slow);
    }
  }

  private static String host(String baseUrl) {
    try {
      URI uri = new URI(baseUrl);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return uri.getHost();
      }
    } catch (URISyntaxException noAddress) {
      // The sentence below reports it, like an address without a host.
    }
    throw wrong(
        "%s is no address of a shop; write it like http://localhost:8080.".formatted(baseUrl));
  }

  private static double number(String option, String value, double least, double most) {
    try {
      double number = Double.parseDouble(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // The sentence below reports it, like a number out of bounds.
    }
    throw wrong(
        String.format(Locale.ROOT, "%s must be a number from %.0f to %.0f.", option, least, most));
  }

  private static Duration duration(String value) {
    try {
      Duration duration = Durations.parse(value);
      if (duration.compareTo(LEAST) >= 0 && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (IllegalArgumentException noDuration) {
      // The sentence below reports it, like a duration out of bounds.
    }
    throw wrong("--duration must be from 5s to 1h, written like 30s, 5m or 1h.");
  }

  private static GatesException wrong(String sentence) {
    return new GatesException(ExitCode.USAGE, sentence);
  }
}
