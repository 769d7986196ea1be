package io.boxoffice.platform.database;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.platform.StartupException;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.constraints.NotNull;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the database role that reads the server's statistics, for postgres_exporter. A migration
 * creates the role, or sets its new password. The role has no right on the service's tables.
 *
 * @param user blank if no role is wanted
 * @param password sent to the server as a SCRAM verifier, so that no statement and no log contains
 *     it
 */
public record MonitoringRole(
    @JsonProperty @NotNull String user, @JsonProperty @NotNull String password) {
  private static final Logger LOG = LoggerFactory.getLogger(MonitoringRole.class);

  /** postgres_exporter keeps one connection and opens a second one for each scrape. */
  private static final int CONNECTION_LIMIT = 3;

  /**
   * What the role gets, for its name and the database. The statement timeout is shorter than the
   * scrape timeout of Prometheus, so no query outlives its scrape.
   */
  private static final List<String> STATEMENTS =
      List.of(
          "ALTER ROLE %1$s CONNECTION LIMIT " + CONNECTION_LIMIT,
          "ALTER ROLE %1$s SET default_transaction_read_only = on",
          "ALTER ROLE %1$s SET statement_timeout = '5s'",
          "GRANT CONNECT ON DATABASE %2$s TO %1$s",
          // On PostgreSQL 16 and newer, this needs the ADMIN option on pg_monitor.
          "GRANT pg_monitor TO %1$s");

  /** Whether a user has a password. */
  @JsonIgnore
  @ValidationMethod(message = "MONITORING_PASSWORD is needed with MONITORING_USER")
  public boolean isPasswordGiven() {
    return user.isBlank() || !password.isBlank();
  }

  /** Whether a password has a user. */
  @JsonIgnore
  @ValidationMethod(message = "MONITORING_USER is needed with MONITORING_PASSWORD")
  public boolean isUserGiven() {
    return password.isBlank() || !user.isBlank();
  }

  /**
   * Creates the role on a migrated database, or sets its password and rights again.
   *
   * @param database how the migration connects
   * @throws StartupException when the role cannot be made, or can read the service's tables
   */
  public void grant(DatabaseSettings database) {
    if (user.isBlank()) {
      return;
    }
    RoleChange.run(database, "MONITORING_USER", this::grant);
    LOG.info("The role {} may read statistics", user);
  }

  private void grant(RoleChange change) throws SQLException {
    change.createIfMissing(user);
    requireNoRights(change);
    change.setPassword(user, password);
    String database = change.currentDatabase();
    for (String statement : STATEMENTS) {
      change.execute(statement.formatted(change.identifier(user), change.identifier(database)));
    }
  }

  /** Keeps the limits off the roles of the migration and of the replicas. */
  private void requireNoRights(RoleChange change) throws SQLException {
    String readsTables = "has_table_privilege(%s, 'databasechangelog', 'SELECT')";
    if (change.test(readsTables.formatted(change.literal(user)))) {
      throw new StartupException(
          "MONITORING_USER names '%s', a role that can read the service's tables. Choose a name that no other role has."
              .formatted(user));
    }
  }
}
