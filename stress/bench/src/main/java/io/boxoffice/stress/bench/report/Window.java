package io.boxoffice.stress.bench.report;

import java.time.Duration;

/**
 * When to look: a load runs for a lead before it is measured, so that no measurement pays for the
 * start of its own.
 */
public record Window(Duration lead, Duration measured) {

  /** A lead of a second, or less before a window that is itself short. */
  public static Window of(Duration measured) {
    Duration tenth = measured.dividedBy(10);
    Duration second = Duration.ofSeconds(1);
    return new Window(tenth.compareTo(second) < 0 ? tenth : second, measured);
  }

  /** The whole of it from the first request on. */
  public static Window withoutLead(Duration measured) {
    return new Window(Duration.ZERO, measured);
  }

  /** Its length without the lead. */
  public long measuredNanos() {
    return measured.toNanos();
  }

  /** Its length with the lead. */
  public long totalNanos() {
    return lead.toNanos() + measured.toNanos();
  }

  /** Whether an instant, so long after the start, is measured. */
  public boolean contains(long nanosSinceStart) {
    return nanosSinceStart >= lead.toNanos() && nanosSinceStart < totalNanos();
  }
}
