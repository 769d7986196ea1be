package io.boxoffice.stress.crowd.scenario;

import io.boxoffice.stress.crowd.arrival.ArrivalPlan;
import io.boxoffice.stress.crowd.arrival.ArrivalPlan.Stretch;
import io.boxoffice.stress.crowd.promise.Promise;
import io.boxoffice.stress.crowd.promise.Promises;
import io.boxoffice.stress.crowd.promise.Staircase;
import io.boxoffice.stress.crowd.record.Kind;
import io.boxoffice.stress.crowd.record.Outcome;
import io.boxoffice.stress.crowd.scenario.LoadScenario.Payments;
import io.boxoffice.stress.crowd.scenario.LoadScenario.StockPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All scenarios. */
public final class LoadScenarios {
  // More than the buyers can take: none wants more than five tickets.
  private static final double PLENTY = 5;
  // For each visitor, of each of four types: about six tickets for ten that orders want at first.
  private static final double FEW = 0.22;
  // The first peak, and its remaining share in each further fifth of the time.
  private static final List<Double> DECAY = List.of(1.0, 0.5, 0.25, 0.125, 0.0625);
  private static final int MOST_IN_A_RUSH = 4;
  private static final int MOST_STEPS = 20;
  private static final double STEP_FACTOR = 1.25;
  private static final int REFRESHES = 5;
  private static final Retries AFTER_DENIALS =
      new Retries(5, Set.of(Outcome.DENIED, Outcome.OVERLOADED), Duration.ofSeconds(1));
  private static final Retries AFTER_LOSSES =
      new Retries(
          10,
          Set.of(Outcome.LOST, Outcome.FAILED, Outcome.OVERLOADED, Outcome.DENIED),
          Duration.ofMillis(200));
  // Two minutes: longer than the promotion of a standby takes.
  private static final Retries UNTIL_IT_IS_BACK =
      new Retries(
          120,
          Set.of(Outcome.LOST, Outcome.FAILED, Outcome.OVERLOADED, Outcome.DENIED),
          Duration.ofSeconds(1));

  private static final List<LoadScenario> ALL =
      List.of(
          LoadScenario.of(
              "smoke",
              "every call, a few times: does the shop answer, does it sell?",
              2,
              Duration.ofSeconds(10),
              null,
              new StockPlan(1, 1, PLENTY),
              ArrivalPlan::constant,
              Journeys::everything,
              List.of(Promises.bad(0)),
              true),
          LoadScenario.of(
              "regular",
              "three looks, one purchase, with pauses; purchases take 1 to 4 s",
              20,
              Duration.ofMinutes(1),
              "regular",
              new StockPlan(5, 2, PLENTY),
              ArrivalPlan::constant,
              journeys -> journeys.browseAndBuy(Retries.NONE),
              List.of(Promises.bad(1), p99(Kind.READ, 1_000), p99(Kind.BUY, 5_000)),
              true),
          LoadScenario.of(
              "random-denial",
              "the same, and one in ten is denied; buyers try again after Retry-After",
              20,
              Duration.ofMinutes(1),
              "realistic",
              new StockPlan(5, 2, PLENTY),
              ArrivalPlan::constant,
              journeys -> journeys.browseAndBuy(AFTER_DENIALS),
              List.of(
                  Promises.bad(1),
                  p99(Kind.READ, 1_000),
                  p99(Kind.BUY, 5_000),
                  Promises.seen(Outcome.DENIED)),
              true),
          LoadScenario.of(
              "on-sale",
              "many buyers at the opening, then fewer and fewer; two of three find it sold out",
              150,
              Duration.ofMinutes(1),
              null,
              new StockPlan(1, 3, 0.3),
              LoadScenarios::rush,
              journeys -> journeys.rush(MOST_IN_A_RUSH),
              List.of(Promises.bad(1), p99(Kind.READ, 3_000), p99(Kind.BUY, 3_000)),
              false),
          LoadScenario.of(
              "hot-concert",
              "purchases of one ticket type and nothing else",
              300,
              Duration.ofSeconds(30),
              null,
              new StockPlan(1, 1, PLENTY),
              ArrivalPlan::constant,
              journeys -> journeys.buyOnly(Retries.NONE, 1),
              List.of(Promises.bad(1), p99(Kind.BUY, 1_000)),
              true),
          new LoadScenario(
              "staircase",
              "a quarter more purchases per second in each step, until a step fails",
              100,
              Duration.ofSeconds(10),
              null,
              new StockPlan(10, 1, PLENTY),
              LoadScenarios::stairs,
              journeys -> journeys.buyOnly(Retries.NONE, 1),
              List.of(Staircase.promise()),
              false,
              (recorder, plan) ->
                  Staircase.judge(recorder, plan, recorder.elapsed()).reason() != null,
              Payments.NONE),
          LoadScenario.of(
              "refresh-storm",
              "visitors that reload a concert's page, one half of them with an ETag",
              100,
              Duration.ofSeconds(30),
              null,
              new StockPlan(20, 2, 1),
              ArrivalPlan::constant,
              journeys -> journeys.refresh(REFRESHES),
              List.of(Promises.bad(1), p99(Kind.READ, 1_000)),
              true),
          LoadScenario.of(
              "lost-answers",
              "one answer in ten is lost after the sale; buyers repeat the request with their key",
              30,
              Duration.ofSeconds(30),
              "lost-answers",
              new StockPlan(2, 1, PLENTY),
              ArrivalPlan::constant,
              journeys -> journeys.buyOnly(AFTER_LOSSES, MOST_IN_A_RUSH),
              List.of(Promises.nobodyLeftInDoubt(), Promises.seen(Outcome.LOST)),
              true),
          LoadScenario.of(
              "failover",
              "buyers that try for two minutes: stop a replica or the database meanwhile",
              20,
              Duration.ofMinutes(5),
              null,
              new StockPlan(5, 2, PLENTY),
              ArrivalPlan::constant,
              journeys -> journeys.buyOnly(UNTIL_IT_IS_BACK, MOST_IN_A_RUSH),
              List.of(Promises.recovered(), Promises.nobodyLeftInDoubt()),
              true),
          LoadScenario.of(
                  "checkout",
                  "orders: hold, then pay, be declined, cancel or leave; returned tickets sell again",
                  30,
                  Duration.ofMinutes(1),
                  null,
                  new StockPlan(2, 2, FEW),
                  ArrivalPlan::constant,
                  Journeys::checkout,
                  List.of(
                      Promises.bad(1),
                      p99(Kind.READ, 1_000),
                      p99(Kind.BUY, 1_000),
                      Promises.happened(Outcome.SOLD),
                      Promises.happened(Outcome.SOLD_OUT),
                      Promises.happened(Outcome.DECLINED)),
                  false)
              .with(Payments.WORKING),
          LoadScenario.of(
                  "payment-outage",
                  "the same, and the payment partner fails in the middle third of the time",
                  20,
                  Duration.ofSeconds(90),
                  null,
                  new StockPlan(2, 2, PLENTY),
                  ArrivalPlan::constant,
                  Journeys::checkout,
                  List.of(
                      p99(Kind.READ, 1_000),
                      p99(Kind.BUY, 1_000),
                      Promises.happened(Outcome.FAILED),
                      Promises.recovered()),
                  false)
              .with(Payments.FAILING),
          LoadScenario.of(
              "soak",
              "regular visitors for an hour: does the shop become slower?",
              10,
              Duration.ofHours(1),
              null,
              new StockPlan(5, 2, PLENTY),
              ArrivalPlan::constant,
              journeys -> journeys.browseAndBuy(Retries.NONE),
              List.of(Promises.bad(0.1), Promises.noSlower(Kind.READ), Promises.noSlower(Kind.BUY)),
              true));

  private LoadScenarios() {}

  /** All, in the recommended order. */
  public static List<LoadScenario> all() {
    return ALL;
  }

  /** The one of a name. */
  public static Optional<LoadScenario> of(String name) {
    return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
  }

  private static ArrivalPlan rush(double rate, Duration duration) {
    int fifth = (int) Math.max(1, duration.toSeconds() / DECAY.size());
    return new ArrivalPlan(DECAY.stream().map(share -> new Stretch(rate * share, fifth)).toList());
  }

  private static ArrivalPlan stairs(double rate, Duration duration) {
    List<Stretch> steps = new ArrayList<>();
    for (int step = 0; step < MOST_STEPS; step++) {
      steps.add(
          new Stretch(Math.round(rate * Math.pow(STEP_FACTOR, step)), (int) duration.toSeconds()));
    }
    return new ArrivalPlan(steps);
  }

  private static Promise p99(Kind kind, double millis) {
    return Promises.p99(kind, millis);
  }
}
