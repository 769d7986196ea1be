package io.boxoffice.platform.database;

import io.boxoffice.platform.StartupException;
import io.boxoffice.platform.database.embedded.EmbeddedServer;
import io.boxoffice.platform.database.embedded.EmbeddedSettings;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.jdbi3.JdbiFactory;
import io.dropwizard.lifecycle.JettyManaged;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the database of the settings: the external one, or an embedded server. */
public final class Database {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** The health check's name in config.yml. */
  private static final String HEALTH_CHECK = "postgresql";

  private Database() {}

  /**
   * Opens the database for serving, with its schema up to date.
   *
   * @param embedded where to run the embedded server when the settings name no external one
   * @param migrate whether to migrate the schema, or only to check that it is up to date
   * @param monitoring the role that a migration creates
   * @throws StartupException when a setting is missing or the database is not usable
   */
  public static Jdbi open(
      DatabaseSettings settings,
      EmbeddedSettings embedded,
      boolean migrate,
      MonitoringRole monitoring,
      Environment environment,
      CollectorRegistry prometheus) {
    settings.requireUsableUrl();
    if (settings.isExternal()) {
      return connect(settings, migrate, monitoring, environment, prometheus);
    }
    EmbeddedServer server = EmbeddedServer.start(embedded);
    // Managed objects stop in reverse order, so the server outlives the pool.
    environment.lifecycle().manage(server);
    settings.use(server);
    return connect(settings, migrate, monitoring, environment, prometheus);
  }

  /** Stops the embedded server of a service that fails before its managed objects are started. */
  public static void stopEmbedded(LifecycleEnvironment lifecycle) {
    for (LifeCycle object : lifecycle.getManagedObjects()) {
      if (object instanceof JettyManaged managed
          && managed.getManaged() instanceof EmbeddedServer server) {
        stop(server);
      }
    }
  }

  /** Opens the database for a command. An embedded server stops with the process. */
  public static DataSourceFactory forCommand(DatabaseSettings settings, EmbeddedSettings embedded) {
    settings.requireUsableUrl();
    if (!settings.isExternal()) {
      EmbeddedServer server = EmbeddedServer.start(embedded);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
      settings.use(server);
    }
    return settings.forSchemaChanges();
  }

  private static Jdbi connect(
      DatabaseSettings settings,
      boolean migrate,
      MonitoringRole monitoring,
      Environment environment,
      CollectorRegistry prometheus) {
    if (migrate) {
      Schema.migrate(settings.forSchemaChanges());
      monitoring.grant(settings);
    } else {
      Schema.requireCurrent(settings.forSchemaChanges());
    }
    Jdbi jdbi = new JdbiFactory().build(environment, settings, HEALTH_CHECK);
    jdbi.setSqlLogger(new StatementTimes(prometheus));
    jdbi.installPlugin(new PostgresPlugin());
    // Keeps bound values, such as e-mail addresses, out of exception messages and so out of the
    // log.
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
