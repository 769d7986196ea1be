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
 * A run as a class that Gatling instantiates itself. Therefore a static reference passes the load
 * to it, once for each run.
 */
public final class LoadSimulation extends Simulation {
  // Time for the last buyers to finish.
  private static final Duration DRAIN = Duration.ofSeconds(60);
  private static final AtomicReference<Load> NEXT = new AtomicReference<>();

  /** Takes the load of the reference. */
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
                // One connection for each of thousands of visitors would need too many local ports.
                .shareConnections())
        .maxDuration(load.length().plus(DRAIN));
  }

  /** Sets the load of the next simulation. */
  static void next(Load load) {
    NEXT.set(load);
  }
}
