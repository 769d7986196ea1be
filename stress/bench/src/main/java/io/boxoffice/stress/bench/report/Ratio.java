package io.boxoffice.stress.bench.report;

/** How two loads compare, and what was wanted of that. */
public record Ratio(String name, double value, Goal goal) {

  /** Whether it is as wanted. */
  public boolean isMet() {
    return goal.isMet(value);
  }
}
