package io.boxoffice.lab.usage;

import io.boxoffice.stress.plot.data.Durations;
import java.time.Duration;

/** Reads the values of options, each within its limits. */
public final class OptionValues {
  private OptionValues() {}

  /**
   * Reads a number.
   *
   * @throws UsageException when it is none, or out of the limits
   */
  public static double number(String option, String value, double least, double most) {
    try {
      double number = Double.parseDouble(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException cause) {
      // The check below reports it, like a number out of bounds.
    }
    throw UsageException.of("%s must be a number from %.0f to %.0f.", option, least, most);
  }

  /**
   * Reads a duration of at least a second, written like 30s or 1m.
   *
   * @param most as it is written
   * @throws UsageException when it is none, or out of the limits
   */
  public static Duration duration(String option, String value, String most) {
    try {
      Duration duration = Durations.parse(value);
      if (duration.toSeconds() >= 1 && duration.compareTo(Durations.parse(most)) <= 0) {
        return duration;
      }
    } catch (IllegalArgumentException cause) {
      // The check below reports it, like a duration out of bounds.
    }
    throw UsageException.of("%s must be from 1s to %s, written like 30s or 1m.", option, most);
  }
}
