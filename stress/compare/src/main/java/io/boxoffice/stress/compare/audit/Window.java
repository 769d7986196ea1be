package io.boxoffice.stress.compare.audit;

/**
 * The measured part of a load, in microseconds since 1970. The warm-up before it counts in the
 * audit, but not in latencies and rates.
 */
public record Window(long from, long to) {

  /** Whether a request that should have been sent at this time is measured. */
  public boolean contains(long at) {
    return at >= from && at < to;
  }

  /** Its length in seconds. */
  public double seconds() {
    return (to - from) / 1e6;
  }
}
