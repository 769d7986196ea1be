package io.boxoffice.platform.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.platform.StartupException;
import io.boxoffice.testing.TestDatabase;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Checks the rights of the replicas' role, and the change of its password. */
class ServingRoleDatabaseTest {
  private final TestDatabase database = TestDatabase.migrated();

  @Test
  void theRoleCanServeButCannotChangeTheSchema() {
    ServingRole role = role("it's \"its\" secret");
    role.grant(database.settings());

    TestDatabase asRole = as(role);
    assertThatCode(() -> Schema.requireCurrent(asRole.settings().forSchemaChanges()))
        .doesNotThrowAnyException();
    for (String allowed :
        new String[] {
          "INSERT INTO simulation_settings SELECT * FROM simulation_settings WHERE false",
          "UPDATE ticket_types SET available = available",
          "DELETE FROM purchases",
          "SELECT * FROM databasechangelog",
          "SELECT standby_lag()"
        }) {
      assertThatCode(() -> execute(asRole, allowed)).as(allowed).doesNotThrowAnyException();
    }
    for (String denied :
        new String[] {
          "CREATE TABLE mine (id int)",
          "ALTER TABLE ticket_types DROP CONSTRAINT ticket_types_stock",
          "DROP TABLE tickets",
          "TRUNCATE purchases CASCADE",
          "DELETE FROM databasechangelog",
          "CREATE ROLE another"
        }) {
      assertThatThrownBy(() -> execute(asRole, denied)).as(denied).hasMessageContaining("ERROR: ");
    }
  }

  @Test
  void aSecondMigrationChangesTheRolesPasswordAndNoOthers() {
    ServingRole first = role("the first password");
    first.grant(database.settings());
    ServingRole other = role("of another role");
    other.grant(database.settings());

    ServingRole second = new ServingRole(first.user(), "the second password");
    second.grant(database.settings());

    assertThatThrownBy(() -> execute(as(first), "SELECT 1")).hasMessageContaining("password");
    execute(as(second), "SELECT 1");
    execute(as(other), "SELECT 1");
  }

  @Test
  void theRoleCanUseATableOfALaterMigration() {
    ServingRole role = role("a password");
    role.grant(database.settings());
    execute(database, "CREATE TABLE later (id int)");
    assertThatThrownBy(() -> execute(as(role), "SELECT * FROM later"))
        .hasMessageContaining("permission denied");

    role.grant(database.settings());

    execute(as(role), "SELECT * FROM later");
  }

  @Test
  void noRoleIsCreatedIfReplicasConnectAsTheMigrationDoes() {
    new ServingRole(database.user(), "another password").grant(database.settings());
    new ServingRole("", "").grant(database.settings());
    execute(database, "SELECT 1");
  }

  @Test
  void theErrorForAMissingPasswordNamesTheSetting() {
    assertThatThrownBy(() -> role("").grant(database.settings()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("SERVING_PASSWORD");
  }

  /** Creates a role with a unique name, because roles belong to the whole server. */
  private static ServingRole role(String password) {
    return new ServingRole("serving \"" + UUID.randomUUID(), password);
  }

  private TestDatabase as(ServingRole role) {
    return new TestDatabase(database.url(), role.user(), role.password());
  }

  private static void execute(TestDatabase database, String sql) {
    database.jdbi().useHandle(handle -> handle.execute(sql));
  }
}
