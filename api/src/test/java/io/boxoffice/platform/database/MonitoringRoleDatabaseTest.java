package io.boxoffice.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.boxoffice.platform.StartupException;
import io.boxoffice.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Checks the rights of the exporter's role, which a migration creates as an administrator like that
 * of Azure: no superuser, and ADMIN option on pg_monitor only by its group.
 */
class MonitoringRoleDatabaseTest {
  private final TestDatabase superuser = TestDatabase.empty();
  private final String group = unique("administrators");
  private final TestDatabase administrator =
      new TestDatabase(superuser.url(), unique("administrator"), "of the administrator");

  @BeforeEach
  void createAdministrator() {
    String name = quoted(administrator.user());
    for (String sql :
        new String[] {
          "CREATE ROLE " + quoted(group),
          "GRANT pg_monitor TO " + quoted(group) + " WITH ADMIN OPTION",
          "CREATE ROLE " + name + " LOGIN CREATEROLE PASSWORD 'of the administrator'",
          "GRANT " + quoted(group) + " TO " + name,
          "ALTER DATABASE " + asked("SELECT current_database()") + " OWNER TO " + name
        }) {
      execute(superuser, sql);
    }
    Schema.migrate(administrator.settings().forSchemaChanges());
  }

  @Test
  void theRoleReadsWhatTheExportersQueriesNeed() {
    MonitoringRole role = role("a password");
    role.grant(administrator.settings());

    try (Handle other = superuser.jdbi().open();
        Handle monitoring = as(role).jdbi().open()) {
      String watched = asked(other, "SELECT pg_backend_pid()");
      assertThat(asked(monitoring, "SELECT query FROM pg_stat_activity WHERE pid = " + watched))
          .contains("pg_backend_pid");
      for (String read :
          new String[] {
            "SELECT name, setting FROM pg_settings",
            "SELECT * FROM pg_stat_database",
            "SELECT * FROM pg_stat_database_conflicts",
            "SELECT * FROM pg_stat_bgwriter",
            "SELECT * FROM pg_stat_replication",
            "SELECT * FROM pg_stat_user_tables",
            "SELECT * FROM pg_statio_user_tables",
            "SELECT mode, count(*) FROM pg_locks GROUP BY mode",
            "SELECT pg_database_size(datname) FROM pg_database",
            "SELECT count(*), sum(size) FROM pg_ls_waldir()"
          }) {
        assertThatCode(() -> monitoring.execute(read)).as(read).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void theRoleReadsAndWritesNoRow() {
    MonitoringRole role = role("a password");
    role.grant(administrator.settings());

    try (Handle monitoring = as(role).jdbi().open()) {
      // A role may change its own default, so only missing rights protect the rows.
      monitoring.execute("SET default_transaction_read_only = off");
      for (String denied :
          new String[] {
            "SELECT * FROM purchases",
            "SELECT * FROM databasechangelog",
            "INSERT INTO simulation_settings SELECT * FROM simulation_settings",
            "UPDATE ticket_types SET available = 0",
            "DELETE FROM purchases",
            "CREATE TABLE mine (id int)",
            "CREATE ROLE another"
          }) {
        assertThatThrownBy(() -> monitoring.execute(denied))
            .as(denied)
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void theRolesSessionsAreLimited() {
    MonitoringRole role = role("a password");
    role.grant(administrator.settings());

    List<Handle> sessions = new ArrayList<>();
    try {
      for (int session = 0; session < 3; session++) {
        sessions.add(as(role).jdbi().open());
      }
      assertThatThrownBy(() -> as(role).jdbi().open()).hasMessageContaining("too many connections");
      assertThat(asked(sessions.get(0), "SHOW default_transaction_read_only")).isEqualTo("on");
      assertThat(asked(sessions.get(0), "SHOW statement_timeout")).isEqualTo("5s");
    } finally {
      sessions.forEach(Handle::close);
    }
  }

  @Test
  void aSecondMigrationChangesThePassword() {
    MonitoringRole first = role("the first password");
    first.grant(administrator.settings());

    MonitoringRole second = new MonitoringRole(first.user(), "the second password");
    second.grant(administrator.settings());

    assertThatThrownBy(() -> execute(as(first), "SELECT 1")).hasMessageContaining("password");
    execute(as(second), "SELECT 1");
  }

  @Test
  void theServersLogDoesNotContainThePassword() {
    assumeTrue(System.getenv("TEST_DATABASE_URL") == null, "the log of the embedded server");
    execute(superuser, "ALTER ROLE " + quoted(administrator.user()) + " SET log_statement = 'all'");
    MonitoringRole role = role("never in a log");
    role.grant(administrator.settings());

    assertThat(
            asked("SELECT pg_read_file(current_setting('data_directory') || '/../postgresql.log')"))
        .contains("ALTER ROLE " + quoted(role.user()) + " LOGIN PASSWORD 'SCRAM-SHA-256$")
        .doesNotContain(role.password());
  }

  @Test
  void aRoleThatReadsTablesIsNotLimited() {
    MonitoringRole serving = role("a password");
    execute(administrator, "CREATE ROLE " + quoted(serving.user()));
    execute(administrator, "GRANT SELECT ON databasechangelog TO " + quoted(serving.user()));

    assertThatThrownBy(() -> serving.grant(administrator.settings()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("MONITORING_USER")
        .hasMessageContaining("can read the service's tables");

    String limit = "SELECT rolconnlimit FROM pg_roles WHERE rolname = '%s'";
    assertThat(asked(limit.formatted(serving.user()))).isEqualTo("-1");
  }

  @Test
  void theErrorOfAnAdministratorWithoutTheRightNamesTheSettingAndTheRole() {
    execute(superuser, "REVOKE pg_monitor FROM " + quoted(group));
    assertThatThrownBy(() -> role("a password").grant(administrator.settings()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("MONITORING_USER")
        .hasMessageContaining("pg_monitor");
  }

  @Test
  void noRoleIsCreatedWithoutAName() {
    assertThatCode(() -> new MonitoringRole("", "").grant(administrator.settings()))
        .doesNotThrowAnyException();
  }

  /** Creates a role with a unique name, because roles belong to the whole server. */
  private static MonitoringRole role(String password) {
    return new MonitoringRole(unique("monitoring \""), password);
  }

  private static String unique(String prefix) {
    return prefix + " " + UUID.randomUUID();
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private TestDatabase as(MonitoringRole role) {
    return new TestDatabase(superuser.url(), role.user(), role.password());
  }

  private static void execute(TestDatabase database, String sql) {
    database.jdbi().useHandle(handle -> handle.execute(sql));
  }

  private String asked(String sql) {
    return superuser.jdbi().withHandle(handle -> asked(handle, sql));
  }

  private static String asked(Handle handle, String sql) {
    return handle.createQuery(sql).mapTo(String.class).one();
  }
}
