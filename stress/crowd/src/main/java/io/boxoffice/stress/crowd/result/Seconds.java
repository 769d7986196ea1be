package io.boxoffice.stress.crowd.result;

import io.boxoffice.stress.crowd.record.Kind;
import io.boxoffice.stress.crowd.record.Outcome;
import io.boxoffice.stress.crowd.record.Recorder;
import io.boxoffice.stress.crowd.record.RequestCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run second by second, as a table. A request's outcome counts in the second of its sending. */
public final class Seconds {
  private static final List<Double> PERCENTILES = List.of(50.0, 99.0);

  private Seconds() {}

  /** The table, with a line of names first; latencies are in milliseconds. */
  public static String csv(Recorder recorder) {
    StringBuilder table = new StringBuilder(head()).append('\n');
    for (int second = 0; second < recorder.length(); second++) {
      table.append(line(recorder, second)).append('\n');
    }
    return table.toString();
  }

  private static String head() {
    List<String> names = new ArrayList<>(List.of("second", "arrived", "started"));
    Arrays.stream(Outcome.values()).forEach(outcome -> names.add(outcome.id()));
    for (Kind kind : Kind.values()) {
      for (double percent : PERCENTILES) {
        names.add("%s_p%.0f".formatted(kind.name().toLowerCase(Locale.ROOT), percent));
      }
    }
    return String.join(",", names);
  }

  private static String line(Recorder recorder, int second) {
    RequestCounts tally = recorder.between(second, second + 1);
    List<Object> cells =
        new ArrayList<>(List.of(second, recorder.arrivals(second), tally.sentCount()));
    Arrays.stream(Outcome.values()).forEach(outcome -> cells.add(tally.count(outcome)));
    for (Kind kind : Kind.values()) {
      for (double percent : PERCENTILES) {
        double millis = tally.percentile(kind, percent);
        cells.add(Double.isNaN(millis) ? "" : String.format(Locale.ROOT, "%.1f", millis));
      }
    }
    return cells.stream().map(Object::toString).collect(Collectors.joining(","));
  }
}
