package io.boxoffice.site.forward;

import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.http.ProblemWriter;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Executor;

/** Builds the parts that pass requests on. */
public final class Forwarding {
  /** They only start exchanges and write small answers. */
  private static final int THREADS = 2;

  private Forwarding() {}

  /**
   * Adds the filter, after the filters that check the request and before the simulation, so that
   * the home alone simulates.
   *
   * @param site the name of this site
   * @param peer the address of the other one, without a slash at its end
   * @param limit for each exchange, beside the time that the client asks to wait
   * @param inFlight how many requests may be on their way at once
   */
  public static void install(
      Foundation foundation, String site, URI peer, Duration limit, int inFlight) {
    Environment environment = foundation.environment();
    Executor threads =
        environment
            .lifecycle()
            .executorService("peer-site-%d")
            .minThreads(THREADS)
            .maxThreads(THREADS)
            .build();
    var registration =
        environment
            .servlets()
            .addFilter(
                "peer-site",
                new ForwardFilter(
                    site,
                    new SaleRoutes(environment.getObjectMapper(), new Homes(foundation.jdbi())),
                    new Peer(site, peer, limit, threads),
                    inFlight,
                    new ForwardMetrics(foundation.prometheus()),
                    new ProblemWriter(environment.getObjectMapper())));
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
  }
}
