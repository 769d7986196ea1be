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
 * One way to load the shop.
 *
 * @param name what it is called on the command line
 * @param about what it does, in half a line
 * @param rate the default number of buyers per second; the first or the highest where it changes
 * @param duration the default time during which they arrive
 * @param profile the simulation's profile that it needs, or null
 * @param stock what it puts on sale, where it may
 * @param arrivals when people come, by rate and duration
 * @param journey what each of them does
 * @param promises what must hold at the end
 * @param closable whether it can also be run by a fixed number of people
 * @param enough whether it has shown what it is for, and may end before its time
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

  /** One that ends with its time. */
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
