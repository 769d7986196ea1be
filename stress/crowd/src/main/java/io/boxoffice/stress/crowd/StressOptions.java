package io.boxoffice.stress.crowd;

import io.boxoffice.stress.bench.safety.Loopback;
import io.boxoffice.stress.crowd.exit.ExitCode;
import io.boxoffice.stress.crowd.exit.StressException;
import io.boxoffice.stress.crowd.scenario.LoadScenario;
import io.boxoffice.stress.crowd.scenario.LoadScenarios;
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
import java.util.stream.Collectors;

/**
 * The options of the command line. Each has a limit.
 *
 * @param baseUrl without a slash at its end
 * @param users how many buyers are present all the time; 0 for buyers that arrive at a rate
 * @param operatorToken empty without one
 * @param partnerUrl the payment partner of the shop; empty if it is not known
 * @param partnerToken empty without one
 * @param out the folder for the results; null for one of the run's own
 */
public record StressOptions(
    LoadScenario scenario,
    String baseUrl,
    int users,
    double rate,
    Duration duration,
    String operatorToken,
    String partnerUrl,
    String partnerToken,
    Path out) {
  private static final int MOST_USERS = 10_000;
  private static final double MOST_PER_SECOND = 10_000;
  private static final Duration LEAST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration LOOKUP_LIMIT = Duration.ofSeconds(3);

  /** How the command is used. */
  public static final String USAGE =
      """
      ./boxoffice stress SCENARIO [options]

      %s
        --base-url URL         the shop (http://localhost:8080)
        --rate N               how many buyers arrive per second (1 to 10000)
        --users N              a fixed number of buyers at a time, in place of a rate
        --duration D           how long buyers arrive, such as 30s, 5m or 1h; for staircase, the length of a step
        --operator-token T     or the variable OPERATOR_TOKEN: to create concerts and change the simulation
        --partner-url URL      or PAYMENT_URL: the shop's payment partner, whose ledger checkout and payment-outage read
        --partner-token T      or PAYMENT_TOKEN
        --yes-i-own-this       required for a shop that is not on this machine
        --out FOLDER           the folder for the results (stress/target/reports/SCENARIO-TIME)

      Exit codes: 0 success, 1 a broken promise, 2 wrong use, 3 no such shop or a wrong token, 4 the audit
      found a fault or failed, or had no ledger. docs/stress.md explains the results.
      """
          .formatted(
              LoadScenarios.all().stream()
                  .map(
                      scenario ->
                          String.format(
                              Locale.ROOT,
                              "  %-14s %s (%.0f a second for %s)%n",
                              scenario.name(),
                              scenario.about(),
                              scenario.rate(),
                              text(scenario.duration())))
                  .collect(Collectors.joining()));

  /**
   * Reads the command line.
   *
   * @param environment where a token may be
   * @throws StressException when an option is invalid
   */
  public static StressOptions parse(Map<String, String> environment, String... arguments) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
    String name = rest.isEmpty() ? "" : rest.remove();
    LoadScenario scenario =
        LoadScenarios.of(name)
            .orElseThrow(
                () ->
                    wrong(
                        "There is no scenario '%s'. There are: %s.",
                        name,
                        LoadScenarios.all().stream()
                            .map(LoadScenario::name)
                            .collect(Collectors.joining(", "))));
    String baseUrl = "http://localhost:8080";
    String token = environment.getOrDefault("OPERATOR_TOKEN", "");
    String partnerUrl = environment.getOrDefault("PAYMENT_URL", "");
    String partnerToken = environment.getOrDefault("PAYMENT_TOKEN", "");
    double rate = 0;
    int users = 0;
    Duration duration = scenario.duration();
    boolean owned = false;
    Path out = null;
    while (!rest.isEmpty()) {
      String option = rest.remove();
      if (option.equals("--yes-i-own-this")) {
        owned = true;
        continue;
      }
      if (rest.isEmpty()) {
        throw wrong("There is no option %s, or its value is missing.", option);
      }
      String value = rest.remove();
      switch (option) {
        case "--base-url" -> baseUrl = value;
        case "--rate" -> rate = number(option, value, MOST_PER_SECOND);
        case "--users" -> users = (int) number(option, value, MOST_USERS);
        case "--duration" -> duration = duration(value);
        case "--operator-token" -> token = value;
        case "--partner-url" -> partnerUrl = value;
        case "--partner-token" -> partnerToken = value;
        case "--out" -> out = Path.of(value);
        default -> throw wrong("There is no option %s.", option);
      }
    }
    if (users > 0 && (rate > 0 || !scenario.closable())) {
      throw wrong(
          rate > 0
              ? "--users and --rate exclude each other."
              : "%s needs buyers that arrive at a rate: use --rate in place of --users."
                  .formatted(name));
    }
    requireOwn(baseUrl, owned);
    return new StressOptions(
        scenario,
        baseUrl.replaceFirst("/+$", ""),
        users,
        rate > 0 ? rate : scenario.rate(),
        duration,
        token.strip(),
        partner(partnerUrl),
        partnerToken.strip(),
        out);
  }

  private static String partner(String url) {
    if (!url.isEmpty() && !url.matches("https?://[^/\\s]+.*")) {
      throw wrong(
          "%s is no address of a payment partner; write it like http://localhost:8090.", url);
    }
    return url.replaceFirst("/+$", "");
  }

  private static void requireOwn(String baseUrl, boolean owned) {
    String host;
    try {
      URI uri = new URI(baseUrl);
      host = uri.getHost();
      if (host == null || uri.getScheme() == null || !uri.getScheme().matches("https?")) {
        throw wrong("%s is no address of a shop; write it like http://localhost:8080.", baseUrl);
      }
    } catch (URISyntaxException cause) {
      throw wrong("%s is no address of a shop; write it like http://localhost:8080.", baseUrl);
    }
    if (!isLoopback(host) && !owned) {
      throw wrong(
          "%s is not this machine. Add --yes-i-own-this only if you are allowed to load that shop.",
          host);
    }
  }

  /** Looks up a name, for a limited time. */
  private static boolean isLoopback(String host) {
    try {
      return Loopback.is(host, LOOKUP_LIMIT);
    } catch (UnknownHostException unknown) {
      throw new StressException(
          ExitCode.NO_SHOP, "There is no host '%s'.".formatted(host), unknown);
    } catch (TimeoutException slow) {
      throw new StressException(
          ExitCode.NO_SHOP, "The address of the host '%s' is unknown.".formatted(host), slow);
    }
  }

  private static double number(String option, String value, double most) {
    try {
      double number = Double.parseDouble(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException cause) {
      // The check below reports it, like a number out of bounds.
    }
    throw wrong("%s must be a number from 1 to %.0f.", option, most);
  }

  private static Duration duration(String value) {
    try {
      Duration duration = Durations.parse(value);
      if (duration.compareTo(LEAST) >= 0 && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (IllegalArgumentException cause) {
      // The check below reports it, like a duration out of bounds.
    }
    throw wrong("--duration must be from 5s to 24h, written like 30s, 5m or 1h.");
  }

  private static StressException wrong(String format, Object... values) {
    return new StressException(ExitCode.USAGE, String.format(Locale.ROOT, format, values));
  }

  private static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
