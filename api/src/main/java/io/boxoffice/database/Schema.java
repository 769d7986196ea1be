package io.boxoffice.database;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.StartupException;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.migrations.CloseableLiquibaseWithClassPathMigrationsFile;
import java.util.Map;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.ui.LoggerUIService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema up to date at start, or makes sure that somebody did. */
public final class Schema {
  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

  /** The changelog, on the class path. */
  public static final String CHANGELOG = "migrations.xml";

  /**
   * How Liquibase behaves here: logs and does not print, sends no usage figures, and a replica that
   * finds the lock taken asks again every second for up to five minutes.
   */
  public static final Map<String, Object> LIQUIBASE_SETTINGS =
      Map.of(
          Scope.Attr.ui.name(),
          new LoggerUIService(),
          "liquibase.analytics.enabled",
          false,
          "liquibase.changelogLockPollRate",
          1L,
          "liquibase.changelogLockWaitTimeInMinutes",
          5L);

  private Schema() {}

  /** Applies what is missing. Replicas that start at once wait for one another. */
  public static void migrate(DataSourceFactory database) {
    LOG.info("Bringing the schema up to date");
    run(database, liquibase -> liquibase.update(""));
  }

  /**
   * Makes sure that nothing is missing.
   *
   * @throws StartupException when the schema is behind this version of the service
   */
  public static void requireCurrent(DataSourceFactory database) {
    run(
        database,
        liquibase -> {
          int pending = liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression()).size();
          if (pending > 0) {
            throw new StartupException(
                ("The schema is behind by %d changes and MIGRATE_ON_START is false."
                        + " Run 'java -jar boxoffice.jar db migrate config.yml' first.")
                    .formatted(pending));
          }
        });
  }

  private interface Action {
    void run(CloseableLiquibaseWithClassPathMigrationsFile liquibase) throws Exception;
  }

  private static void run(DataSourceFactory database, Action action) {
    try {
      Scope.child(
          LIQUIBASE_SETTINGS,
          () -> {
            // Closing Liquibase closes its data source, so it gets one of its own.
            try (var liquibase =
                new CloseableLiquibaseWithClassPathMigrationsFile(
                    database.build(new MetricRegistry(), "schema"), CHANGELOG)) {
              liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
              action.run(liquibase);
            }
          });
    } catch (StartupException refusal) {
      throw refusal;
    } catch (Exception cause) {
      throw new StartupException(
          "The database cannot be reached or migrated (DATABASE_URL, DATABASE_USER,"
              + " DATABASE_PASSWORD): "
              + cause.getMessage(),
          cause);
    }
  }
}
