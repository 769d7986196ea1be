package io.boxoffice.stress.crowd.promise;

import io.boxoffice.stress.crowd.record.Recorder;
import io.boxoffice.stress.crowd.record.RequestCounts;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive seconds in which more than one request in ten failed.
 *
 * @param fromSecond the first, counted from the start of the run
 * @param seconds how many until it recovered
 */
public record Outage(int fromSecond, int seconds) {
  private static final double BAD = 0.1;

  /** All outages of a run. */
  static List<Outage> all(Recorder recorder, int length) {
    List<Outage> outages = new ArrayList<>();
    int from = -1;
    for (int second = 0; second <= length; second++) {
      RequestCounts one = recorder.between(second, second + 1);
      boolean bad = second < length && one.badShare() > BAD;
      // There can be a second without requests between two waves of retries.
      boolean silent = second < length && one.sentCount() == 0;
      if (bad && from < 0) {
        from = second;
      } else if (!bad && !silent && from >= 0) {
        outages.add(new Outage(from, second - from));
        from = -1;
      }
    }
    return outages;
  }
}
