package io.boxoffice.partners.simulation;

import io.boxoffice.platform.tracing.Tracing;
import io.boxoffice.simulation.http.SimulatedRoutes;
import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.Profile;
import io.boxoffice.simulation.rule.Routes;
import io.boxoffice.simulation.rule.Setting;
import io.boxoffice.simulation.rule.SettingParser;
import io.boxoffice.simulation.setting.LiveSimulation;
import io.boxoffice.simulation.setting.StoredSetting;
import io.dropwizard.core.setup.Environment;
import io.prometheus.client.CollectorRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Lets the calls to a partner be delayed, refused and lost by the rules of the shop's simulation.
 * The setting is in memory: a restart turns it off.
 */
public final class PartnerSimulation {
  private static final String OFF = "off";

  private PartnerSimulation() {}

  /**
   * Registers the filter and the resource. Call it after all other resources are registered.
   *
   * @param tracing gives each delay a span
   * @param resources the classes whose routes rules apply to
   */
  public static void install(
      Environment environment,
      CollectorRegistry prometheus,
      Tracing tracing,
      Clock clock,
      Collection<Class<?>> resources) {
    Routes routes = Routes.below("/", resources);
    Map<String, Profile> shipped =
        Map.of(OFF, new Profile("No call is delayed or refused.", List.of(), null));
    SettingParser parser = new SettingParser(routes, shipped, false);
    StoredSetting first =
        new StoredSetting(
            0,
            new Setting(null, Limits.DEFAULT, OFF, false, shipped),
            clock.instant(),
            null,
            null,
            null,
            null);
    LiveSimulation live =
        SimulatedRoutes.install(
            environment,
            prometheus,
            tracing,
            first,
            routes,
            request -> false,
            clock,
            new SecureRandom()::nextLong);
    environment
        .jersey()
        .register(
            new PartnerSimulationResource(live, parser, environment.getObjectMapper(), clock));
  }
}
