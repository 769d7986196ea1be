package io.boxoffice.stress.bench;

import io.boxoffice.stress.bench.report.Goal;
import io.boxoffice.stress.bench.report.Measurement;
import io.boxoffice.stress.bench.report.Section;
import io.boxoffice.stress.bench.report.Window;
import io.boxoffice.stress.bench.service.Replica;
import io.boxoffice.stress.bench.sql.SalesCheck;
import io.boxoffice.stress.bench.sql.TicketTypeRef;
import io.boxoffice.stress.bench.sql.Ways;
import java.time.Duration;
import java.util.List;

/**
 * The scenarios. Each measures its loads in turn, round after round, so that both sides of a ratio
 * run under the same conditions.
 */
final class Scenarios {
  /** Every scenario, in the order of a full run. */
  static final List<String> NAMES =
      List.of(
          "hot",
          "spread",
          "lone",
          "sold-out",
          "open",
          "fresh",
          "replicas",
          "limits",
          "outbox",
          "traces",
          "holds",
          "checkout",
          "ways",
          "sign-ins",
          "unbounded",
          "refusals",
          "sessions");

  private static final String HOT = "hot";
  private static final String NO_SALE = "B (no sale)";
  private static final int SPREAD_TYPES = 1_000;
  private static final double OPEN_SHARE = 0.7;
  private static final double OPEN_P99_MILLIS = 50;
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Stage stage;
  private final Loads loads;
  private final AccountScenarios accounts;
  private final OrderScenarios orders;

  Scenarios(Stage stage) {
    this.stage = stage;
    this.loads = new Loads(stage);
    this.accounts = new AccountScenarios(stage, loads);
    this.orders = new OrderScenarios(stage);
  }

  Section run(String name) {
    return switch (name) {
      case "hot" -> hot();
      case "spread" -> spread();
      case "lone" -> lone();
      case "sold-out" -> soldOut();
      case "open" -> open();
      case "fresh" -> fresh();
      case "replicas" -> replicas();
      case "limits" -> limits();
      case "outbox" -> outbox();
      case "traces" -> new TraceScenario(stage, loads).run();
      case "holds" -> holds();
      case "checkout" -> orders.checkout();
      case "sign-ins" -> accounts.signIns();
      case "unbounded" -> accounts.unbounded();
      case "refusals" -> accounts.refusals();
      case "sessions" -> accounts.sessions();
      default -> ways();
    };
  }

  /**
   * Warms processes up, and then deletes what they sold: each measurement begins with small tables.
   */
  private void begin(Replica.Kind... needed) {
    for (Replica.Kind kind : needed) {
      stage.warm(kind);
    }
    stage.clear();
  }

  private Section hot() {
    Section section = new Section("hot", "One hot ticket type");
    begin(Replica.Kind.NO_SALE, Replica.Kind.SELLING);
    rounds(
        () -> {
          section.add(Ways.BASELINE, loads.baseline(Ways.baseline()));
          section.add(NO_SALE, loads.noSale(NO_SALE, connections()));
          section.add(HOT, loads.sell(HOT, 1, connections(), loads.selling()));
        });
    section.compareRates(HOT, Ways.BASELINE, Goal.atLeast(7));
    section.compareRates(HOT, NO_SALE, Goal.atLeast(0.6));
    return section;
  }

  private Section spread() {
    String spread = "spread over 1,000 types";
    Section section = new Section("spread", "1,000 ticket types, evenly");
    begin(Replica.Kind.SELLING);
    rounds(
        () -> {
          section.add(HOT, loads.sell(HOT, 1, connections(), loads.selling()));
          section.add(spread, loads.sell(spread, SPREAD_TYPES, connections(), loads.selling()));
        });
    section.compareRates(spread, HOT, Goal.atLeast(1));
    return section;
  }

  /** Both processes run their SQL through the same proxies, which cost some time themselves. */
  private Section outbox() {
    String without = "hot without events";
    Section section = new Section("outbox", "Purchases with and without their events");
    begin(Replica.Kind.WITHOUT_OUTBOX, Replica.Kind.WITH_OUTBOX);
    rounds(
        () -> {
          section.add(without, sellAt(without, Replica.Kind.WITHOUT_OUTBOX));
          section.add(HOT, sellAt(HOT, Replica.Kind.WITH_OUTBOX));
        });
    section.compareRates(HOT, without, Goal.atLeast(0.7));
    return section;
  }

  private Measurement sellAt(String name, Replica.Kind kind) {
    return loads.sell(name, stage.warm(kind), List.of(), () -> {});
  }

  private Section holds() {
    String holds = "holds of one type";
    Section section = new Section("holds", "Holds of one hot ticket type");
    begin(Replica.Kind.SELLING);
    loads.hold("warm-up");
    rounds(
        () -> {
          section.add(HOT, loads.sell(HOT, 1, connections(), loads.selling()));
          section.add(holds, loads.hold(holds));
        });
    section.compareRates(holds, HOT, Goal.atLeast(0.8));
    return section;
  }

  private Section lone() {
    String lone = "lone buyer";
    Section section = new Section("lone", "One buyer on one connection");
    begin(Replica.Kind.NO_SALE, Replica.Kind.SELLING);
    rounds(
        () -> {
          section.add(Ways.BASELINE, loads.baseline(Ways.baseline(1)));
          section.add(NO_SALE, loads.noSale(NO_SALE, 1));
          section.add(lone, loads.sell(lone, 1, 1, loads.selling()));
        });
    section.compare(
        "median of lone buyer / (A + B)",
        round -> round.of(lone).p50() / (round.of(Ways.BASELINE).p50() + round.of(NO_SALE).p50()),
        Goal.atMost(1.3));
    return section;
  }

  private Section soldOut() {
    String refusals = "refusals, sold out";
    Section section = new Section("sold-out", "A hot concert that is sold out");
    begin(Replica.Kind.NO_SALE, Replica.Kind.SELLING);
    List<TicketTypeRef> types = stage.onSale(stage.running(Replica.Kind.SELLING), 1, 1);
    // The only ticket is sold first; then rejections, which have a path of their own, get their
    // share of warm-up.
    loads.refuse("warm-up", types, Window.withoutLead(stage.options().warmUp().dividedBy(4)));
    rounds(
        () -> {
          section.add(NO_SALE, loads.noSale(NO_SALE, connections()));
          section.add(refusals, loads.refuse(refusals, types, stage.window()));
        });
    new SalesCheck(stage.database()).requireSold(types, 1);
    section.compareRates(refusals, NO_SALE, Goal.atLeast(0.8));
    return section;
  }

  private Section open() {
    String open = "open arrivals at 70 %";
    Section section = new Section("open", "Open arrivals at 70 percent of the most");
    begin(Replica.Kind.SELLING);
    rounds(
        () -> {
          Measurement most = loads.sell(HOT, 1, connections(), loads.selling());
          section.add(HOT, most);
          section.add(open, loads.arrive(open, most.rate() * OPEN_SHARE));
        });
    section.compare(
        "p99 of open arrivals, ms", round -> round.of(open).p99(), Goal.atMost(OPEN_P99_MILLIS));
    return section;
  }

  private Section fresh() {
    String first = "first 10 s of a replica";
    String later = "the same, warm";
    Section section = new Section("fresh", "A fresh replica under full load");
    rounds(
        () -> {
          stage.clear();
          Stage.Running fresh = stage.startReady(Replica.Kind.SELLING);
          List<Integer> port = List.of(fresh.port());
          section.add(first, loads.sell(first, 1, connections(), port, Window.withoutLead(FRESH)));
          stage.warmUp(fresh, stage.options().warmUp());
          stage.clear();
          section.add(later, loads.sell(later, 1, connections(), port));
          stage.stop(fresh.replica());
        });
    section.compareRates(first, later, Goal.atLeast(0.5));
    return section;
  }

  /** Two processes share the caches of two cores even without a sale, so this is measured too. */
  private Section replicas() {
    String one = "one replica";
    String two = "two replicas";
    String twoWithoutSale = "B, two processes";
    Section section = new Section("replicas", "Two replicas on one database");
    Stage.Running second = warmSecond(Replica.Kind.SELLING);
    Stage.Running secondWithoutSale = warmSecond(Replica.Kind.NO_SALE);
    begin(Replica.Kind.NO_SALE, Replica.Kind.SELLING);
    List<Integer> both = List.of(loads.selling().get(0), second.port());
    rounds(
        () -> {
          section.add(one, loads.sell(one, 1, connections(), loads.selling()));
          section.add(two, loads.sell(two, 1, connections(), both));
          section.add(NO_SALE, loads.noSale(NO_SALE, connections()));
          section.add(
              twoWithoutSale,
              loads.noSale(twoWithoutSale, connections(), secondWithoutSale.port()));
        });
    stage.stop(second.replica());
    stage.stop(secondWithoutSale.replica());
    section.compareRates(two, one, Goal.atLeast(0.95));
    section.compareRates(twoWithoutSale, NO_SALE, Goal.NONE);
    return section;
  }

  private Stage.Running warmSecond(Replica.Kind kind) {
    Stage.Running second = stage.startReady(kind);
    stage.warmUp(second, stage.options().warmUp());
    return second;
  }

  private Section limits() {
    String limited = "B, limited";
    Section section = new Section("limits", "A rate limit in memory");
    begin(Replica.Kind.NO_SALE, Replica.Kind.LIMITED);
    rounds(
        () -> {
          section.add(NO_SALE, loads.noSale(NO_SALE, connections()));
          section.add(limited, loads.limited(limited, connections()));
        });
    section.compare(
        "service's µs of B, limited / B",
        round -> round.of(limited).serviceMicros() / round.of(NO_SALE).serviceMicros(),
        Goal.atMost(1.05));
    return section;
  }

  private Section ways() {
    Section section = new Section("ways", "Ways to sell one hot ticket type, without HTTP");
    begin();
    rounds(
        () -> {
          Ways.fromStock().forEach(way -> section.add(way.name(), loads.baseline(way)));
          section.add(Ways.fromUnits().name(), loads.unitRows());
        });
    section.rows().stream()
        .skip(1)
        .forEach(row -> section.compareRates(row, Ways.BASELINE, Goal.NONE));
    return section;
  }

  private int connections() {
    return stage.options().connections();
  }

  private void rounds(Runnable round) {
    for (int count = 0; count < stage.options().rounds(); count++) {
      round.run();
    }
  }
}
