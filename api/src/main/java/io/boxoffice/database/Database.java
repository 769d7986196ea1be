package io.boxoffice.database;

import io.boxoffice.BoxOfficeConfiguration;
import io.boxoffice.StartupException;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.jdbi3.JdbiFactory;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the database that the settings name: the external one, or an embedded server. */
public final class Database {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** As config.yml schedules it. */
  private static final String HEALTH_CHECK = "postgresql";

  private Database() {}

  /**
   * Opens it for serving, with its schema up to date.
   *
   * @throws StartupException when a setting is missing or the database is not usable
   */
  public static Jdbi open(
      BoxOfficeConfiguration configuration, Environment environment, CollectorRegistry prometheus) {
    DatabaseSettings settings = configuration.database();
    settings.requireUsableUrl();
    if (!settings.isExternal()) {
      EmbeddedServer server = EmbeddedServer.start(configuration.embedded());
      // Managed objects stop in reverse order, so the server outlives the pool.
      environment.lifecycle().manage(server);
      settings.use(server);
      try {
        return connect(configuration, environment, prometheus);
      } catch (RuntimeException failure) {
        stop(server);
        throw failure;
      }
    }
    if (configuration.operatorToken().isBlank()) {
      throw new StartupException(
          "OPERATOR_TOKEN is needed with DATABASE_URL: without it anyone, or no one, could create concerts. Set it to a long random text.");
    }
    return connect(configuration, environment, prometheus);
  }

  /** Opens it for a command that ends with its process. */
  public static DataSourceFactory forCommand(BoxOfficeConfiguration configuration) {
    DatabaseSettings settings = configuration.database();
    settings.requireUsableUrl();
    if (!settings.isExternal()) {
      EmbeddedServer server = EmbeddedServer.start(configuration.embedded());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
      settings.use(server);
    }
    return settings.forSchemaChanges();
  }

  private static Jdbi connect(
      BoxOfficeConfiguration configuration, Environment environment, CollectorRegistry prometheus) {
    DatabaseSettings settings = configuration.database();
    if (configuration.migrateOnStart()) {
      Schema.migrate(settings.forSchemaChanges());
    } else {
      Schema.requireCurrent(settings.forSchemaChanges());
    }
    Jdbi jdbi = new JdbiFactory().build(environment, settings, HEALTH_CHECK);
    jdbi.setSqlLogger(new StatementTimes(prometheus));
    jdbi.installPlugin(new PostgresPlugin());
    // Bound values, such as e-mail addresses, stay out of exceptions and so out of the log.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
    return jdbi;
  }

  private static void stop(EmbeddedServer server) {
    try {
      server.stop();
    } catch (IOException failure) {
      LOG.error("The embedded PostgreSQL did not stop", failure);
    }
  }
}
