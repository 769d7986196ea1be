package io.boxoffice.warmup;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.boxoffice.platform.Foundation;
import io.boxoffice.purchase.desk.SalesDeskSettings;
import io.dropwizard.core.setup.Environment;
import java.time.Duration;

/** Builds the warm-up of a replica from its settings. */
public final class WarmUpModule {
  private WarmUpModule() {}

  /**
   * Registers the warm-up and its health check.
   *
   * @param length how long to warm up; zero for no warm-up
   * @param operatorToken blank when operators need no token
   * @param desk the settings of the real desk
   */
  public static WarmUp install(
      Foundation foundation, Duration length, String operatorToken, SalesDeskSettings desk) {
    NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator(foundation.random());
    WarmUp warmUp =
        new WarmUp(
            length,
            operatorToken,
            desk,
            real -> new WarmUpSales(real, foundation.clock(), ids::generate));
    Environment environment = foundation.environment();
    environment.healthChecks().register("rehearsal", warmUp);
    environment.lifecycle().addServerLifecycleListener(warmUp);
    environment.lifecycle().addEventListener(warmUp);
    return warmUp;
  }
}
