package io.boxoffice.simulation;

import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.database.DatabaseSettings;
import io.boxoffice.simulation.http.SimulatedRoutes;
import io.boxoffice.simulation.http.SimulationResource;
import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.Profile;
import io.boxoffice.simulation.rule.Routes;
import io.boxoffice.simulation.rule.Setting;
import io.boxoffice.simulation.rule.SettingParser;
import io.boxoffice.simulation.rule.ShippedProfiles;
import io.boxoffice.simulation.setting.LiveSimulation;
import io.boxoffice.simulation.setting.SettingFollower;
import io.boxoffice.simulation.setting.SettingStore;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import java.util.function.Predicate;

/** Adds the simulation to the service. Call it after all other resources are registered. */
public final class SimulationModule {
  private SimulationModule() {}

  /**
   * Registers the filter, the follower and the resource.
   *
   * @param database the database that the follower listens to; with the embedded one, a request may
   *     select a profile by default
   * @param exempt the requests that no rule applies to
   */
  public static void install(
      Foundation foundation,
      SimulationSettings settings,
      DatabaseSettings database,
      Predicate<HttpServletRequest> exempt) {
    Environment environment = foundation.environment();
    Clock clock = foundation.clock();
    boolean embedded = !database.isExternal();
    Routes routes = Routes.of(environment.jersey().getResourceConfig().getClasses());
    Map<String, Profile> shipped = ShippedProfiles.read(routes);
    Setting initial = initial(settings.profile(), shipped, embedded);
    SettingParser parser = new SettingParser(routes, shipped, embedded);
    SettingStore store =
        new SettingStore(foundation.jdbi(), parser, initial, environment.getObjectMapper(), clock);

    LiveSimulation live =
        SimulatedRoutes.install(
            environment,
            foundation.prometheus(),
            foundation.tracing(),
            store.readFirst(),
            routes,
            exempt,
            clock,
            foundation.random()::nextLong);
    environment.lifecycle().manage(new SettingFollower(database, store, live, clock));
    environment
        .jersey()
        .register(
            new SimulationResource(store, live, parser, environment.getObjectMapper(), clock));
  }

  private static Setting initial(String profile, Map<String, Profile> shipped, boolean embedded) {
    if (!shipped.containsKey(profile)) {
      throw new StartupException(
          "SIMULATION_PROFILE is '%s', which is none of the profiles %s."
              .formatted(profile, String.join(", ", shipped.keySet())));
    }
    return new Setting(null, Limits.DEFAULT, profile, embedded, shipped);
  }
}
