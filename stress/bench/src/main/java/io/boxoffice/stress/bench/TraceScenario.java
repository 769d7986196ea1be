package io.boxoffice.stress.bench;

import io.boxoffice.stress.bench.report.Goal;
import io.boxoffice.stress.bench.report.Measurement;
import io.boxoffice.stress.bench.report.Section;
import io.boxoffice.stress.bench.service.Replica;
import java.util.List;

/** Measures what traces of purchases cost, with a receiver that takes all spans. */
final class TraceScenario {
  private static final String OFF = "hot";
  private static final String ALL = "all recorded";
  private static final String SOME = "1 % recorded";

  private final Stage stage;
  private final Loads loads;

  TraceScenario(Stage stage, Loads loads) {
    this.stage = stage;
    this.loads = loads;
  }

  Section run() {
    Section section = new Section("traces", "Purchases with and without traces");
    stage.warm(Replica.Kind.SELLING);
    stage.warm(Replica.Kind.TRACED);
    stage.warm(Replica.Kind.SELDOM_TRACED);
    stage.clear();
    for (int round = 0; round < stage.options().rounds(); round++) {
      section.add(OFF, sell(OFF, Replica.Kind.SELLING));
      section.add(ALL, sell(ALL, Replica.Kind.TRACED));
      section.add(SOME, sell(SOME, Replica.Kind.SELDOM_TRACED));
    }
    section.compareRates(ALL, OFF, Goal.NONE);
    section.compareRates(SOME, OFF, Goal.atLeast(0.9));
    return section;
  }

  private Measurement sell(String name, Replica.Kind kind) {
    return loads.sell(name, stage.warm(kind), List.of(), () -> {});
  }
}
