package io.boxoffice.stress.bench.report;

/**
 * Millions of latencies in a few kilobytes, so that recording one costs the generator next to
 * nothing. Buckets grow with their values: what is read back is at most one percent too high.
 */
public final class LatencyHistogram {
  private static final int PRECISION_BITS = 7;
  private static final int PER_POWER = 1 << PRECISION_BITS;

  private final long[] counts = new long[(Long.SIZE - PRECISION_BITS + 1) * PER_POWER];
  private long count;

  /** Records one latency; a negative one counts as zero. */
  public void record(long nanos) {
    counts[bucketOf(Math.max(0, nanos))]++;
    count++;
  }

  /** Adds what another one recorded. */
  public void add(LatencyHistogram other) {
    for (int bucket = 0; bucket < counts.length; bucket++) {
      counts[bucket] += other.counts[bucket];
    }
    count += other.count;
  }

  /** How many were recorded. */
  public long count() {
    return count;
  }

  /**
   * The latency that so many percent did not exceed, in nanoseconds; 0 when nothing was recorded.
   *
   * @param percent more than 0, at most 100
   */
  public long percentile(double percent) {
    long rank = Math.max(1, (long) Math.ceil(count * percent / 100));
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= rank) {
        return highestOf(bucket);
      }
    }
    return 0;
  }

  private static int bucketOf(long nanos) {
    int power = powerOf(nanos);
    return power * PER_POWER + (int) (nanos >>> power);
  }

  private static long highestOf(int bucket) {
    int power = Math.max(0, bucket / PER_POWER - 1);
    return ((long) (bucket - power * PER_POWER + 1) << power) - 1;
  }

  private static int powerOf(long nanos) {
    return Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - PRECISION_BITS);
  }
}
