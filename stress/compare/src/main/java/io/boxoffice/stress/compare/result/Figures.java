package io.boxoffice.stress.compare.result;

import java.util.Locale;

/** Writes numbers for readers. */
final class Figures {
  private static final double SECOND = 1_000;
  private static final double EXACT_BELOW = 100;

  private Figures() {}

  /** Milliseconds, or seconds from 10 s on; a dash for none. */
  static String time(double millis) {
    if (Double.isNaN(millis)) {
      return "–";
    }
    return millis >= 10 * SECOND
        ? String.format(Locale.ROOT, "%.1f s", millis / SECOND)
        : String.format(Locale.ROOT, millis < EXACT_BELOW ? "%.1f ms" : "%,.0f ms", millis);
  }

  /** A rate. */
  static String rate(double perSecond) {
    return String.format(Locale.ROOT, "%.1f", perSecond);
  }

  /** A count. */
  static String count(double count) {
    return String.format(Locale.ROOT, "%,.0f", count);
  }
}
