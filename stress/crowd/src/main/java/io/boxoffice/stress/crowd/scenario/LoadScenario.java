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
    BiPredicate<Recorder, ArrivalPlan> enough) {

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
        (recorder, plan) -> false);
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
