package io.boxoffice.platform.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.boxoffice.platform.StartupException;
import jakarta.validation.constraints.NotNull;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the database role of the replicas, so that they can read and write rows but not change
 * the schema. A migration creates the role, or sets its new password.
 *
 * @param user blank when replicas connect as the same user as the migration
 * @param password sent to the server as a SCRAM verifier, so that no statement and no log contains
 *     it
 */
public record ServingRole(
    @JsonProperty @NotNull String user, @JsonProperty @NotNull String password) {
  private static final Logger LOG = LoggerFactory.getLogger(ServingRole.class);

  /**
   * The role that has the rights. Serving roles are its members and can be replaced with their
   * passwords.
   */
  private static final String GROUP = "boxoffice_app";

  private static final List<String> RIGHTS =
      List.of(
          "GRANT USAGE ON SCHEMA public TO " + GROUP,
          "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + GROUP,
          "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO " + GROUP,
          "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO " + GROUP,
          // Replicas read the list of applied changes and do not change it.
          "REVOKE INSERT, UPDATE, DELETE ON databasechangelog, databasechangeloglock FROM "
              + GROUP);

  /**
   * Creates the role on a migrated database, or sets its password and rights again.
   *
   * @param database how the migration connects
   */
  public void grant(DatabaseSettings database) {
    if (user.isBlank() || user.equals(database.getUser())) {
      return;
    }
    if (password.isBlank()) {
      throw new StartupException("SERVING_PASSWORD is needed with SERVING_USER.");
    }
    RoleChange.run(database, "SERVING_USER", this::grant);
    LOG.info("The role {} may serve", user);
  }

  private void grant(RoleChange change) throws SQLException {
    change.createIfMissing(GROUP);
    for (String right : RIGHTS) {
      change.execute(right);
    }
    change.createIfMissing(user);
    change.setPassword(user, password);
    change.execute("GRANT %s TO %s".formatted(GROUP, change.identifier(user)));
  }
}
