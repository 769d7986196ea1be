package io.boxoffice.lab.active;

import io.boxoffice.lab.shop.ShopFaults;
import io.boxoffice.lab.topology.Fault;
import io.boxoffice.lab.topology.Fault.Strike;
import io.boxoffice.lab.topology.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The faults of two sites. The lab plays the operator, and decides after some seconds. */
final class SiteFaults {
  /** Until the operator takes a site over: a short time, so that a trial is short. */
  static final Duration DECISION = Duration.ofSeconds(5);

  /** How long the sites are apart when no operator acts, and how long nothing happens. */
  private static final Duration LASTS = Duration.ofSeconds(8);

  private final Site struck;
  private final Site living;
  private final Operator operator;

  /**
   * The faults of two sites.
   *
   * @param struck sells the concert of a trial
   * @param living takes it over
   */
  SiteFaults(Site struck, Site living, Operator operator) {
    this.struck = struck;
    this.living = living;
    this.operator = operator;
  }

  /** What needs no fault: two sites that sell. */
  List<Fault> none() {
    return List.of(
        new Fault(
            "none",
            "nothing fails for %d s".formatted(LASTS.toSeconds()),
            () -> new Strike("nothing", () -> false, LASTS, () -> {})));
  }

  List<Fault> all() {
    List<Fault> all = new ArrayList<>(none());
    all.add(
        takenOver(
            "kill-site",
            "everything at a site is killed, and started again",
            struck::kill,
            struck::repair));
    all.add(
        takenOver(
            "freeze-site",
            "everything at a site is frozen (SIGSTOP), and thawed (SIGCONT)",
            () -> struck.signal("STOP"),
            () -> struck.signal("CONT")));
    all.add(
        takenOver(
            "cut-and-take-over",
            "the network between the sites is cut, and connected again",
            () -> struck.connect(false),
            () -> struck.connect(true)));
    all.add(
        new Fault(
            "cut-sites",
            "the network between the sites is cut for %d s, and no operator acts"
                .formatted(LASTS.toSeconds()),
            this::cut));
    all.add(
        new Fault(
            "move-home", "an operator moves the home of a concert to the other site", this::move));
    all.addAll(new ShopFaults(struck.shops()).all());
    return all;
  }

  private Fault takenOver(String name, String what, Runnable strike, Runnable end) {
    return new Fault(
        name,
        "%s after the other one took it over, %d s after the fault"
            .formatted(what, DECISION.toSeconds()),
        () -> {
          strike.run();
          Waiting.pause(DECISION);
          operator.takeOver(living, struck);
          return new Strike("site " + struck.name(), () -> true, LASTS, () -> rejoin(end));
        });
  }

  private void rejoin(Runnable end) {
    end.run();
    operator.rejoin(living, struck);
  }

  private Strike cut() {
    struck.connect(false);
    return new Strike("both sites", () -> false, LASTS, () -> struck.connect(true));
  }

  private Strike move() {
    struck
        .database()
        .homes(struck.name())
        .forEach(concert -> operator.move(concert, struck, living));
    return new Strike("site " + struck.name(), () -> true, LASTS, () -> {});
  }
}
