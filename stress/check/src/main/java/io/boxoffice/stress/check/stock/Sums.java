package io.boxoffice.stress.check.stock;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/** Sums of tickets up to a time. */
final class Sums {
  private final long[] times;
  private final long[] sums;

  /** Sums the changes, whose tickets count without their sign, by one of their two times. */
  Sums(List<Change> changes, ToLongFunction<Change> time) {
    long[][] sorted =
        changes.stream()
            .map(change -> new long[] {time.applyAsLong(change), Math.abs(change.tickets())})
            .sorted((one, other) -> Long.compare(one[0], other[0]))
            .toArray(long[][]::new);
    times = new long[sorted.length];
    sums = new long[sorted.length];
    long sum = 0;
    for (int i = 0; i < sorted.length; i++) {
      sum += sorted[i][1];
      times[i] = sorted[i][0];
      sums[i] = sum;
    }
  }

  /** Returns the tickets of all changes whose time is before the given one. */
  long before(long time) {
    int at = Arrays.binarySearch(times, time);
    if (at >= 0) {
      while (at > 0 && times[at - 1] == time) {
        at--;
      }
    } else {
      at = -at - 1;
    }
    return at == 0 ? 0 : sums[at - 1];
  }

  /** Returns the tickets of all changes whose time is the given one or before it. */
  long upTo(long time) {
    return time == Long.MAX_VALUE
        ? (sums.length == 0 ? 0 : sums[sums.length - 1])
        : before(time + 1);
  }
}
