package io.boxoffice.stress.crowd.record;

import java.util.Arrays;

/**
 * Every latency as it was measured, in microseconds. A run keeps one of these for each of its
 * seconds: a list takes 4 bytes a request, where an HdrHistogram takes kilobytes for each second.
 */
public final class Latencies {
  private int[] micros = new int[8];
  private int count;

  /** Adds one. */
  public void add(long nanos) {
    makeRoom(1);
    micros[count++] = (int) Math.min(Integer.MAX_VALUE, nanos / 1_000);
  }

  /** Adds those of another. */
  public void addAll(Latencies other) {
    makeRoom(other.count);
    System.arraycopy(other.micros, 0, micros, count, other.count);
    count += other.count;
  }

  private void makeRoom(int more) {
    if (count + more > micros.length) {
      micros = Arrays.copyOf(micros, Math.max(count + more, micros.length * 2));
    }
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** The latency that the given percentage did not exceed, in milliseconds; NaN without any. */
  public double percentile(double percent) {
    if (count == 0) {
      return Double.NaN;
    }
    int[] sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(count * percent / 100);
    return sorted[Math.max(0, rank - 1)] / 1_000.0;
  }
}
