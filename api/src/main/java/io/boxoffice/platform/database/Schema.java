package io.boxoffice.platform.database;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.StartupException;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.migrations.CloseableLiquibaseWithClassPathMigrationsFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.database.jvm.JdbcConnection;
import liquibase.ui.LoggerUIService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates the schema at start, or checks that it is up to date.
 *
 * <p>Liquibase creates its own tables before it takes its own lock, so replicas that start at the
 * same time on an empty database can conflict. All work therefore runs under an advisory lock of
 * PostgreSQL. Its waiters continue at once when it is released, and it ends with its session, even
 * after a crash.
 */
public final class Schema {
  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

  /** The changelog, on the class path. */
  public static final String CHANGELOG = "migrations.xml";

  /** Liquibase's settings: it logs instead of printing, and sends no usage figures. */
  public static final Map<String, Object> LIQUIBASE_SETTINGS =
      Map.of(Scope.Attr.ui.name(), new LoggerUIService(), "liquibase.analytics.enabled", false);

  private static final String WAIT_LIMIT = "SET lock_timeout = '5min'";
  private static final String LOCK = "SELECT pg_advisory_lock(hashtext('boxoffice schema'))";

  /** Work that uses Liquibase. */
  @FunctionalInterface
  public interface Work {
    /** Runs the work. */
    void run(Liquibase liquibase) throws Exception;
  }

  private Schema() {}

  /** Applies the missing changes. Replicas that start at the same time wait for one another. */
  public static void migrate(DataSourceFactory database) {
    LOG.info("Bringing the schema up to date");
    open(database, liquibase -> alone(liquibase, alone -> alone.update("")));
  }

  /**
   * Checks that no change is missing.
   *
   * @throws StartupException when the schema is older than this version of the service
   */
  public static void requireCurrent(DataSourceFactory database) {
    open(
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

  /** Runs the work while no other process of this service changes the schema. */
  public static void alone(Liquibase liquibase, Work work) throws Exception {
    JdbcConnection connection = (JdbcConnection) liquibase.getDatabase().getConnection();
    lock(connection.getUnderlyingConnection());
    connection.commit();
    // An entry in Liquibase's lock table is from a process that was killed: any other would hold
    // the advisory lock.
    liquibase.forceReleaseLocks();
    work.run(liquibase);
  }

  /**
   * Takes the lock of all schema changes until the session ends. Waits for it at most five minutes.
   */
  static void lock(Connection session) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(WAIT_LIMIT);
      statement.execute(LOCK);
    }
  }

  private static void open(DataSourceFactory database, Work work) {
    try {
      Scope.child(
          LIQUIBASE_SETTINGS,
          () -> {
            // Closing Liquibase closes its data source, so it needs its own.
            try (var liquibase =
                new CloseableLiquibaseWithClassPathMigrationsFile(
                    database.build(new MetricRegistry(), "schema"), CHANGELOG)) {
              liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
              work.run(liquibase);
            }
          });
    } catch (StartupException failure) {
      throw failure;
    } catch (Exception cause) {
      throw new StartupException(
          "The database cannot be reached or migrated (DATABASE_URL, DATABASE_USER,"
              + " DATABASE_PASSWORD): "
              + cause.getMessage(),
          cause);
    }
  }
}
