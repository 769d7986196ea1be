package io.boxoffice.rehearsal;

import com.fasterxml.uuid.Generators;
import io.boxoffice.platform.Foundation;
import io.boxoffice.purchase.RehearsalDesk;
import io.boxoffice.purchase.SalesDeskSettings;
import io.dropwizard.core.setup.Environment;
import java.time.Duration;

/** Builds the rehearsal before a replica is ready. */
public final class RehearsalModule {
  private RehearsalModule() {}

  /**
   * Registers the rehearsal and its part of readiness.
   *
   * @param length how long to rehearse; zero for not at all
   * @param operatorToken blank where none is needed
   * @param desk the settings of the real desk
   */
  public static Rehearsal install(
      Foundation foundation, Duration length, String operatorToken, SalesDeskSettings desk) {
    Rehearsal rehearsal =
        new Rehearsal(
            length,
            operatorToken,
            real ->
                new RehearsalDesk(
                    real,
                    foundation.jdbi(),
                    foundation.clock(),
                    Generators.timeBasedEpochRandomGenerator(foundation.random()),
                    desk));
    Environment environment = foundation.environment();
    environment.healthChecks().register("rehearsal", rehearsal);
    environment.lifecycle().addServerLifecycleListener(rehearsal);
    environment.lifecycle().addEventListener(rehearsal);
    return rehearsal;
  }
}
