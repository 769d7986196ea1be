package io.boxoffice.platform.database;

import io.boxoffice.platform.StartupException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.util.PasswordUtil;

/**
 * Changes roles of the server in one transaction, while no other process of this service changes
 * the schema or a role.
 */
final class RoleChange {
  /** Statements of one change. */
  @FunctionalInterface
  interface Work {
    /** Runs the statements. */
    void run(RoleChange change) throws SQLException;
  }

  private final PGConnection quoting;
  private final Statement statement;

  private RoleChange(PGConnection quoting, Statement statement) {
    this.quoting = quoting;
    this.statement = statement;
  }

  /**
   * Runs the work as the role that migrates, and commits.
   *
   * @param setting the setting that names the role, for the message of a failure
   */
  static void run(DatabaseSettings database, String setting, Work work) {
    try (Connection connection = new Connector(database.forSchemaChanges()).getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      Schema.lock(connection);
      work.run(new RoleChange(connection.unwrap(PGConnection.class), statement));
      connection.commit();
    } catch (SQLException cause) {
      throw new StartupException(
          "The role of %s cannot be made: %s".formatted(setting, cause.getMessage()), cause);
    }
  }

  void execute(String sql) throws SQLException {
    statement.execute(sql);
  }

  /** Whether the condition holds. */
  boolean test(String condition) throws SQLException {
    try (ResultSet result = statement.executeQuery("SELECT " + condition)) {
      return result.next() && result.getBoolean(1);
    }
  }

  String currentDatabase() throws SQLException {
    return statement.getConnection().getCatalog();
  }

  /** The name as an SQL identifier. */
  String identifier(String name) throws SQLException {
    return quoting.escapeIdentifier(name);
  }

  /** The text as an SQL literal. */
  String literal(String text) throws SQLException {
    return "'" + quoting.escapeLiteral(text) + "'";
  }

  /** Creates a role without rights if there is none with this name. */
  void createIfMissing(String role) throws SQLException {
    if (!test("EXISTS (SELECT FROM pg_roles WHERE rolname = %s)".formatted(literal(role)))) {
      execute("CREATE ROLE " + identifier(role));
    }
  }

  /** Lets the role log in. Sends a SCRAM verifier, so that no log can contain the password. */
  void setPassword(String role, String password) throws SQLException {
    String verifier = PasswordUtil.encodeScramSha256(password.toCharArray());
    execute("ALTER ROLE %s LOGIN PASSWORD '%s'".formatted(identifier(role), verifier));
  }
}
