package io.boxoffice.stress.bench.report;

/** The ratio of two loads, with its bound. */
public record Ratio(String name, double value, Goal goal) {

  /** Whether it is within its bound. */
  public boolean isMet() {
    return goal.isMet(value);
  }
}
