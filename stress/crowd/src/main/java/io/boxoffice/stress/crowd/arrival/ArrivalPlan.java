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
  // A generator that is so much behind its plan no longer asks what it says it asks.
  private static final double KEPT = 0.98;

  /** A rate that holds for so long. */
  public record Stretch(double perSecond, int seconds) {}

  /** The same rate all the time. */
  public static ArrivalPlan constant(double perSecond, Duration length) {
    return new ArrivalPlan(List.of(new Stretch(perSecond, (int) length.toSeconds())));
  }

  /** How many come in all. */
  public long total() {
    return Math.round(until(seconds()));
  }

  /** How many come within the first seconds. */
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

  /** How long they come. */
  public int seconds() {
    return stretches.stream().mapToInt(Stretch::seconds).sum();
  }

  /**
   * The first second of which people came more than a second late; -1 when none did.
   *
   * @param end how many seconds of the plan were carried out
   */
  public int firstLate(Recorder recorder, int end) {
    long came = recorder.arrivals(0);
    for (int second = 1; second <= end; second++) {
      came += recorder.arrivals(second);
      // The last two of a slow plan are chance.
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
