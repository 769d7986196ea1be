package io.boxoffice.stress.crowd.promise;

import io.boxoffice.stress.crowd.promise.Promise.Verdict;
import io.boxoffice.stress.crowd.record.Attempt;
import io.boxoffice.stress.crowd.record.Kind;
import io.boxoffice.stress.crowd.record.Outcome;
import io.boxoffice.stress.crowd.record.RequestCounts;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The promises that scenarios make. */
public final class Promises {
  private static final double SLOWER = 2;
  private static final double SLOWER_BY_MILLIS = 50;
  private static final int CALM_SECONDS = 10;

  private Promises() {}

  /** At most the given percentage of the requests failed, was lost or met an overload. */
  public static Promise bad(double percent) {
    return run -> {
      RequestCounts total = run.recorder().total();
      return Verdict.of(
          "at most %s %% of the requests fail".formatted(number(percent)),
          total.badShare() * 100 <= percent,
          "%d of %d".formatted(total.bad(), total.sentCount()));
    };
  }

  /** Ninety-nine of a hundred answers arrive within the given number of milliseconds. */
  public static Promise p99(Kind kind, double millis) {
    return run -> {
      double p99 = run.recorder().total().percentile(kind, 99);
      return Verdict.of(
          "p99 to %s at most %s ms".formatted(id(kind), number(millis)),
          Double.isNaN(p99) || p99 <= millis,
          Double.isNaN(p99) ? "no answers" : number(p99) + " ms");
    };
  }

  /** The run has seen something that the profile simulates; otherwise it has shown nothing. */
  public static Promise seen(Outcome outcome) {
    return run -> {
      long count = run.recorder().total().count(outcome);
      return Verdict.of(
          "some requests are " + outcome.id(),
          count > 0 || !run.profileIsOn(),
          run.profileIsOn() ? Long.toString(count) : count + "; the profile is not on");
    };
  }

  /** The run has seen an outcome; otherwise it has shown nothing. */
  public static Promise happened(Outcome outcome) {
    return run -> {
      long count = run.recorder().total().count(outcome);
      return Verdict.of(
          "some requests are " + outcome.id().replace('_', ' '), count > 0, Long.toString(count));
    };
  }

  /** Every buyer knows at the end whether there are tickets. */
  public static Promise nobodyLeftInDoubt() {
    return run -> {
      long open = run.attempts().stream().filter(Attempt::isOpen).count();
      return Verdict.of(
          "every buyer ends with a receipt or a clear rejection",
          open == 0,
          "%d of %d do not know".formatted(open, run.attempts().size()));
    };
  }

  /** The last quarter is not much slower than the first. */
  public static Promise noSlower(Kind kind) {
    return run -> {
      int quarter = Math.max(1, run.seconds() / 4);
      double first = run.recorder().between(0, quarter).percentile(kind, 99);
      double last =
          run.recorder().between(run.seconds() - quarter, run.seconds()).percentile(kind, 99);
      return Verdict.of(
          "p99 to %s in the last quarter at most twice that of the first".formatted(id(kind)),
          !(last > SLOWER * first + SLOWER_BY_MILLIS),
          "%s ms, then %s ms".formatted(number(first), number(last)));
    };
  }

  /** At the end, the shop is healthy again; the result contains how long it was not. */
  public static Promise recovered() {
    return run -> {
      RequestCounts end = run.recorder().between(run.seconds() - CALM_SECONDS, run.seconds());
      List<Outage> outages = Outage.all(run.recorder(), run.seconds());
      int longest = outages.stream().mapToInt(Outage::seconds).max().orElse(0);
      return new Verdict(
          "at most 1 %% of the requests of the last %d s fail".formatted(CALM_SECONDS),
          end.badShare() <= 0.01,
          "%d of %d; %s"
              .formatted(
                  end.bad(),
                  end.sentCount(),
                  outages.isEmpty()
                      ? "no outage"
                      : "%d outages, the longest of %d s".formatted(outages.size(), longest)),
          Map.of("outages", outages));
    };
  }

  private static String id(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
