package io.boxoffice.app;

import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.database.Database;
import io.boxoffice.platform.database.DatabaseSettings;
import io.boxoffice.platform.database.ServerFigures;
import io.boxoffice.platform.database.read.ReadDatabase;
import io.boxoffice.platform.metrics.PeriodicGauges;
import io.boxoffice.platform.metrics.PrometheusEndpoint;
import io.boxoffice.platform.openapi.BuildInfo;
import io.boxoffice.platform.tracing.Tracing;
import io.dropwizard.core.setup.Environment;
import io.prometheus.client.CollectorRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/** Builds what every feature needs: HTTP, metrics and the database. */
final class FoundationModule {
  private FoundationModule() {}

  /**
   * Opens the foundation.
   *
   * @param connections may change the SQL that is sent
   * @throws StartupException when a setting is missing or the database is not usable
   */
  static Foundation open(
      BoxOfficeConfiguration settings,
      Environment environment,
      BuildInfo build,
      UnaryOperator<Jdbi> connections) {
    CollectorRegistry prometheus = PrometheusEndpoint.register(environment, build);
    Tracing tracing =
        Tracing.install(
            settings.tracing(), build.version(), environment.lifecycle(), environment.metrics());
    HttpPipeline.install(environment, tracing, settings.corsAllowedOrigins());
    requireOperatorToken(settings.database(), settings.operatorToken());
    settings.redis().requireUsableUrl();
    settings.readDatabase().requireUsableUrl();
    Jdbi jdbi =
        connections.apply(
            Database.open(
                settings.database(),
                settings.embedded(),
                settings.migrateOnStart(),
                settings.monitoringRole(),
                environment,
                prometheus));
    PeriodicGauges gauges =
        new PeriodicGauges(environment.metrics(), settings.invariantCheckInterval());
    environment.lifecycle().manage(gauges);
    new ServerFigures(jdbi).addTo(gauges, prometheus);
    return new Foundation(
        environment,
        jdbi,
        ReadDatabase.open(settings.readDatabase(), settings.database(), jdbi, environment),
        prometheus,
        gauges,
        Clock.systemUTC(),
        new SecureRandom(),
        tracing);
  }

  private static void requireOperatorToken(DatabaseSettings database, String token) {
    database.requireUsableUrl();
    if (database.isExternal() && token.isBlank()) {
      throw new StartupException(
          "OPERATOR_TOKEN is needed with DATABASE_URL: without it anyone, or no one, could create concerts. Set it to a long random text.");
    }
  }
}
