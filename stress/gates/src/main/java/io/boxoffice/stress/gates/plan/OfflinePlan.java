package io.boxoffice.stress.gates.plan;

import java.time.Duration;

/**
 * Says when a gate has no network: once in each cycle, for the given share of it. Gates lose it in
 * groups, so that some gates are cut off at the same time and others are not.
 */
public final class OfflinePlan {
  private static final int GROUPS = 4;
  private static final Duration LONGEST_CYCLE = Duration.ofSeconds(10);

  private final double share;
  private final long cycleNanos;

  /**
   * Plans a run.
   *
   * @param share 0 to less than 1
   * @param length of the run; each gate has two cycles at least
   */
  public OfflinePlan(double share, Duration length) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("The share must be from 0 to less than 1: " + share);
    }
    this.share = share;
    this.cycleNanos = Math.min(LONGEST_CYCLE.toNanos(), length.toNanos() / 2);
  }

  /**
   * Whether a gate has no network.
   *
   * @param gate from 0 on
   * @param nanos since the begin of the run
   */
  public boolean isOffline(int gate, long nanos) {
    double group = (double) (gate / 2 % GROUPS) / GROUPS;
    double phase = (double) nanos / cycleNanos + group;
    return phase - Math.floor(phase) >= 1 - share;
  }
}
