package io.boxoffice.stress.crowd.arrival;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;

import io.boxoffice.stress.crowd.record.Recorder;
import io.gatling.javaapi.core.OpenInjectionStep;
import java.time.Duration;
import java.util.List;

/**
 * When buyers arrive that do not wait for one another: a rate for each stretch of time. They arrive
 * whatever the shop does, so a slow shop gets no fewer buyers.
 */
public record ArrivalPlan(List<Stretch> stretches) {
  // A generator that sends less than this share of its plan no longer produces the planned load.
  private static final double KEPT = 0.98;

  /** A rate, and how long it holds. */
  public record Stretch(double perSecond, int seconds) {}

  /** The same rate all the time. */
  public static ArrivalPlan constant(double perSecond, Duration length) {
    return new ArrivalPlan(List.of(new Stretch(perSecond, (int) length.toSeconds())));
  }

  /** The number of all buyers. */
  public long total() {
    return Math.round(until(seconds()));
  }

  /** The number of buyers within the first seconds. */
  public double until(int second) {
    double sum = 0;
    int rest = second;
    for (Stretch stretch : stretches) {
      int here = Math.min(rest, stretch.seconds());
      sum += here * stretch.perSecond();
      rest -= here;
    }
    return sum;
  }

  /** The length of the plan. */
  public int seconds() {
    return stretches.stream().mapToInt(Stretch::seconds).sum();
  }

  /**
   * The first second whose buyers arrived more than a second late; -1 without one.
   *
   * @param end how many seconds of the plan were carried out
   */
  public int firstLate(Recorder recorder, int end) {
    long came = recorder.arrivals(0);
    for (int second = 1; second <= end; second++) {
      came += recorder.arrivals(second);
      // Two buyers fewer are random, which matters in a slow plan.
      if (came < KEPT * until(second) - 2) {
        return second - 1;
      }
    }
    return -1;
  }

  /** The plan for Gatling, at random instants within each second. */
  public OpenInjectionStep[] steps() {
    return stretches.stream()
        .map(
            stretch ->
                constantUsersPerSec(stretch.perSecond()).during(stretch.seconds()).randomized())
        .toArray(OpenInjectionStep[]::new);
  }
}
