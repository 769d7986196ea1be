package io.boxoffice.stress.compare.result;

import io.boxoffice.stress.compare.process.Way;
import io.boxoffice.stress.compare.scenario.ScenarioKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds what breaks a promise: by events, a change leads to its effect once. */
public final class Verdict {
  private Verdict() {}

  /** Each broken promise in a sentence. */
  public static List<String> broken(List<Row> rows) {
    List<String> broken = new ArrayList<>();
    for (Row row : rows) {
      boolean events = row.way() == Way.EVENTS_POSTGRESQL || row.way() == Way.EVENTS_RABBITMQ;
      if (events && promisesOnce(row) && row.audit().lost() + row.audit().twice() > 0) {
        broken.add(
            String.format(
                Locale.ROOT,
                "%s, %s, %s: %d lost, %d done twice",
                row.scenario().id(),
                row.way().title(),
                row.condition().id(),
                row.audit().lost(),
                row.audit().twice()));
      }
      row.faults().forEach(fault -> broken.add(row.scenario().id() + ": " + fault));
    }
    return broken;
  }

  /** Not without keys; and a crash of the shop may lose page views of its last interval. */
  private static boolean promisesOnce(Row row) {
    return row.condition() != Condition.NO_KEYS
        && !(row.scenario() == ScenarioKind.PAGE_VIEWS && row.condition() == Condition.SHOP_KILLED);
  }
}
