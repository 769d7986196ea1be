package io.boxoffice.stress.crowd.scenario;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.stopLoadGeneratorIf;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A run as Gatling wants it: a class that it makes itself. What to run is therefore handed over by
 * a reference, once for each run.
 */
public final class LoadSimulation extends Simulation {
  // Time for the last buyers to finish.
  private static final Duration DRAIN = Duration.ofSeconds(60);
  private static final AtomicReference<Load> NEXT = new AtomicReference<>();

  /** Takes what was handed over. */
  public LoadSimulation() {
    Load load = NEXT.getAndSet(null);
    ScenarioBuilder visitors =
        scenario(load.scenario().name())
            .exec(
                session -> {
                  load.recorder().arrived();
                  return session;
                })
            .exec(stopLoadGeneratorIf("enough", session -> load.enough().get()))
            .exec(exec(load.scenario().journey().apply(load.journeys())));
    PopulationBuilder crowd =
        load.plan() == null
            ? visitors.injectClosed(constantConcurrentUsers(load.users()).during(load.length()))
            : visitors.injectOpen(load.plan().steps());
    setUp(crowd)
        .protocols(
            http.baseUrl(load.baseUrl())
                .acceptHeader("application/json, application/problem+json")
                .userAgentHeader("boxoffice-stress")
                .disableCaching()
                .disableFollowRedirect()
                // A connection for each of thousands of visitors would use up this machine's ports.
                .shareConnections())
        .maxDuration(load.length().plus(DRAIN));
  }

  /** Hands over what the next simulation runs. */
  static void next(Load load) {
    NEXT.set(load);
  }
}
