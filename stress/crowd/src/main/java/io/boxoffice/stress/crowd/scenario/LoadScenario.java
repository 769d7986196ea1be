package io.boxoffice.stress.crowd.scenario;

import io.boxoffice.stress.crowd.arrival.ArrivalPlan;
import io.boxoffice.stress.crowd.promise.Promise;
import io.boxoffice.stress.crowd.record.Recorder;
import io.gatling.javaapi.core.ChainBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * One kind of load.
 *
 * @param name its name on the command line
 * @param about what it does, in half a line
 * @param rate the default number of buyers per second; the first or the highest where it changes
 * @param duration the default time during which they arrive
 * @param profile the simulation's profile that it needs, or null
 * @param stock the concerts that it creates, if it may
 * @param arrivals when buyers arrive, by rate and duration
 * @param journey the requests of each buyer
 * @param promises what must hold at the end
 * @param closable whether it can also run with a fixed number of buyers
 * @param enough whether it has its result, and may end early
 * @param payments what becomes of its orders
 */
public record LoadScenario(
    String name,
    String about,
    double rate,
    Duration duration,
    String profile,
    StockPlan stock,
    BiFunction<Double, Duration, ArrivalPlan> arrivals,
    Function<Journeys, ChainBuilder> journey,
    List<Promise> promises,
    boolean closable,
    BiPredicate<Recorder, ArrivalPlan> enough,
    Payments payments) {

  /** What becomes of the orders of a scenario. */
  public enum Payments {
    /** It has no orders. */
    NONE,
    /** The payment partner works. */
    WORKING,
    /** The payment partner fails in the middle third of the run. */
    FAILING;

    /** How long after the run every payment may need to have a result. */
    public Duration settling(Duration run) {
      // The shop asks again after pauses that double: the last one is as long as the outage.
      return this == FAILING ? SETTLING.plus(run.dividedBy(OUTAGE_PART).multipliedBy(2)) : SETTLING;
    }
  }

  /** The outage is this part of the run. */
  public static final int OUTAGE_PART = 3;

  private static final Duration SETTLING = Duration.ofSeconds(60);

  /** A scenario that runs for its whole duration. */
  static LoadScenario of(
      String name,
      String about,
      double rate,
      Duration duration,
      String profile,
      StockPlan stock,
      BiFunction<Double, Duration, ArrivalPlan> arrivals,
      Function<Journeys, ChainBuilder> journey,
      List<Promise> promises,
      boolean closable) {
    return new LoadScenario(
        name,
        about,
        rate,
        duration,
        profile,
        stock,
        arrivals,
        journey,
        promises,
        closable,
        (recorder, plan) -> false,
        Payments.NONE);
  }

  /** The same with orders that are paid at the partner. */
  LoadScenario with(Payments orders) {
    return new LoadScenario(
        name, about, rate, duration, profile, stock, arrivals, journey, promises, closable, enough,
        orders);
  }

  /**
   * What is put on sale.
   *
   * @param ticketsEach how many tickets of each type for each expected visitor
   */
  public record StockPlan(int concerts, int typesEach, double ticketsEach) {
    /** Of each type. */
    public long capacity(long visitors) {
      return (long) Math.ceil(visitors * ticketsEach);
    }
  }
}
