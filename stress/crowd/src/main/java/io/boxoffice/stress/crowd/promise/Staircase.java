package io.boxoffice.stress.crowd.promise;

import io.boxoffice.stress.crowd.arrival.ArrivalPlan;
import io.boxoffice.stress.crowd.promise.Promise.Verdict;
import io.boxoffice.stress.crowd.record.Kind;
import io.boxoffice.stress.crowd.record.Recorder;
import io.boxoffice.stress.crowd.record.RequestCounts;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How many steps of a rate that grows were good.
 *
 * @param lastGood the rate of the last good step; 0 without one
 * @param reason why the next one was not, or null while all were
 */
public record Staircase(double lastGood, String reason) {
  private static final double P99_MILLIS = 500;
  private static final double BAD_SHARE = 0.01;
  private static final double RATE_KEPT = 0.95;
  // The shop has this long to answer a buyer that arrives at the end of a step.
  private static final int GRACE_SECONDS = 2;

  /** Judges the steps that are over after so many seconds. */
  public static Staircase judge(Recorder recorder, ArrivalPlan plan, double elapsed) {
    double lastGood = 0;
    int from = 0;
    for (ArrivalPlan.Stretch step : plan.stretches()) {
      int to = from + step.seconds();
      if (elapsed < to + GRACE_SECONDS) {
        return new Staircase(lastGood, null);
      }
      String reason = fault(recorder, step, from, to);
      if (reason != null) {
        return new Staircase(
            lastGood, String.format(Locale.ROOT, "at %.0f a second %s", step.perSecond(), reason));
      }
      lastGood = step.perSecond();
      from = to;
    }
    return new Staircase(lastGood, null);
  }

  private static String fault(Recorder recorder, ArrivalPlan.Stretch step, int from, int to) {
    RequestCounts tally = recorder.between(from, to);
    long came = 0;
    for (int second = from; second < to; second++) {
      came += recorder.arrivals(second);
    }
    double p99 = tally.percentile(Kind.BUY, 99);
    if (tally.badShare() > BAD_SHARE) {
      return String.format(Locale.ROOT, "%.1f %% failed", tally.badShare() * 100);
    }
    if (!(p99 <= P99_MILLIS)) {
      return String.format(Locale.ROOT, "p99 was %.0f ms", p99);
    }
    if (came < RATE_KEPT * step.perSecond() * step.seconds()) {
      return "this machine could not send so many requests, so the step has no result";
    }
    return null;
  }

  /** The shop has carried one step at least. */
  public static Promise promise() {
    return run -> {
      Staircase result = judge(run.recorder(), run.plan(), run.recorder().elapsed());
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("lastGoodRate", result.lastGood());
      figures.put("reason", result.reason());
      return new Verdict(
          "the shop handles at least the first step",
          result.lastGood() > 0,
          String.format(
              Locale.ROOT,
              "last good step: %.0f a second; %s",
              result.lastGood(),
              result.reason() == null ? "no step failed" : result.reason()),
          figures);
    };
  }
}
