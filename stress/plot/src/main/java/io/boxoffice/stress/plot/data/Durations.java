package io.boxoffice.stress.plot.data;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes durations as Prometheus does: 90s, 15m, 1h30m. */
public final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|[smhdw])");
  private static final Pattern WHOLE = Pattern.compile("(?:\\d+(?:ms|[smhdw]))+");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "w", Duration.ofDays(7));

  private Durations() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Duration parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a duration; write it like 90s, 15m or 1h30m.".formatted(text));
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum = sum.plus(UNITS.get(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
    }
    return sum;
  }

  /** Writes whole seconds, one at least. */
  public static String seconds(double seconds) {
    return Math.max(1, Math.round(seconds)) + "s";
  }
}
