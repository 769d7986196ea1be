package io.boxoffice.stress.bench.report;

import java.time.Duration;

/**
 * The time of a measurement. A load runs for a lead before it, so that no measurement contains the
 * start of its load.
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

  /** Whether an instant is measured, given as the time since the start. */
  public boolean contains(long nanosSinceStart) {
    return nanosSinceStart >= lead.toNanos() && nanosSinceStart < totalNanos();
  }
}
