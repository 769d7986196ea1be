package io.boxoffice.stress.bench.report;

import java.util.Locale;

/** The bound of a ratio, so that a table can show whether the ratio is within it. */
public record Goal(Kind kind, double bound) {

  /** A ratio without a bound is for information only. */
  public static final Goal NONE = new Goal(Kind.NONE, 0);

  /** On which side of the bound the ratio should be. */
  public enum Kind {
    AT_LEAST,
    AT_MOST,
    NONE
  }

  /** The value or more. */
  public static Goal atLeast(double bound) {
    return new Goal(Kind.AT_LEAST, bound);
  }

  /** The value or less. */
  public static Goal atMost(double bound) {
    return new Goal(Kind.AT_MOST, bound);
  }

  /** Whether a value reaches it. */
  public boolean isMet(double value) {
    return switch (kind) {
      case AT_LEAST -> value >= bound;
      case AT_MOST -> value <= bound;
      case NONE -> true;
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case AT_LEAST -> String.format(Locale.ROOT, "at least %.2f", bound);
      case AT_MOST -> String.format(Locale.ROOT, "at most %.2f", bound);
      case NONE -> "";
    };
  }
}
