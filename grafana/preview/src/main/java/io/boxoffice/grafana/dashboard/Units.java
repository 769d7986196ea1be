package io.boxoffice.grafana.dashboard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Writes values with their units, as Grafana does, for the units that the project uses. */
public final class Units {
  private static final String SUFFIX = "suffix:";
  private static final Set<String> KNOWN =
      Set.of(
          "none",
          "locale",
          "short",
          "percent",
          "percentunit",
          "s",
          "ms",
          "bytes",
          "Bps",
          "reqps",
          "ops",
          "dtdurations");
  private static final String[] SHORT = {"", " K", " Mil", " Bil"};
  private static final String[] BYTES = {" B", " KiB", " MiB", " GiB", " TiB"};

  private Units() {}

  /**
   * Lets a known unit pass.
   *
   * @throws DashboardException for every other
   */
  public static void require(String unit) {
    if (unit != null && !KNOWN.contains(unit) && !unit.startsWith(SUFFIX)) {
      throw new DashboardException("There is no unit '%s' here.".formatted(unit));
    }
  }

  /** Whether values of a unit are counted in steps of 1,024. */
  public static boolean isBytes(String unit) {
    return "bytes".equals(unit) || "Bps".equals(unit);
  }

  /** A value with its unit; without decimals as many as three digits need. */
  public static String format(String unit, Integer decimals, double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "-∞";
    }
    String known = unit == null ? "none" : unit;
    if (known.startsWith(SUFFIX)) {
      return scaled(value, decimals, 1000, SHORT) + known.substring(SUFFIX.length());
    }
    return switch (known) {
      case "none" -> number(value, decimals);
      case "locale" ->
          String.format(Locale.ROOT, "%%,.%df".formatted(decimals == null ? 0 : decimals), value);
      case "short" -> scaled(value, decimals, 1000, SHORT);
      case "percent" -> number(value, decimals) + "%";
      case "percentunit" -> number(value * 100, decimals) + "%";
      case "s" -> seconds(value, decimals);
      case "ms" -> seconds(value / 1000, decimals);
      case "bytes" -> scaled(value, decimals, 1024, BYTES);
      case "Bps" -> scaled(value, decimals, 1024, BYTES) + "/s";
      case "reqps" -> scaled(value, decimals, 1000, SHORT) + " req/s";
      case "ops" -> scaled(value, decimals, 1000, SHORT) + " ops/s";
      case "dtdurations" -> duration(Duration.ofSeconds((long) value));
      default -> throw new DashboardException("There is no unit '%s' here.".formatted(unit));
    };
  }

  private static String seconds(double value, Integer decimals) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0 s";
    }
    if (size < 0.001) {
      return number(value * 1_000_000, decimals) + " µs";
    }
    if (size < 1) {
      return number(value * 1000, decimals) + " ms";
    }
    if (size < 60) {
      return number(value, decimals) + " s";
    }
    if (size < 3600) {
      return number(value / 60, decimals) + " min";
    }
    return size < 86_400
        ? number(value / 3600, decimals) + " hour"
        : number(value / 86_400, decimals) + " day";
  }

  private static String duration(Duration value) {
    if (value.toDays() > 0) {
      return "%dd %dh".formatted(value.toDays(), value.toHoursPart());
    }
    if (value.toHours() > 0) {
      return "%dh %dm".formatted(value.toHours(), value.toMinutesPart());
    }
    return value.toMinutes() > 0
        ? "%dm %ds".formatted(value.toMinutes(), value.toSecondsPart())
        : "%ds".formatted(value.toSeconds());
  }

  private static String scaled(double value, Integer decimals, double base, String[] names) {
    int power = 0;
    double rest = value;
    while (Math.abs(rest) >= base && power < names.length - 1) {
      rest /= base;
      power++;
    }
    return number(rest, decimals) + names[power];
  }

  private static String number(double value, Integer decimals) {
    if (decimals != null) {
      return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }
    double size = Math.abs(value);
    int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 || size == 0 ? 2 : 3;
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
