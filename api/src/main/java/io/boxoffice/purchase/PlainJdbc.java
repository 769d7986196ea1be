package io.boxoffice.purchase;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.postgresql.PGStatement;

/**
 * Runs the statements of a sale, on a handle's connection: JDBI takes longer to make a statement
 * than PostgreSQL to run it, and reads one result only. Statements that follow each other in one
 * text travel in one round trip (PostgreSQL manual, chapter 54.2.3); each still sees what was
 * committed when it began itself.
 */
final class PlainJdbc {
  /** Prepared on the server at its first run: what every batch sends need not be planned by it. */
  static final int PLAN_KEPT = 1;

  static final int PLANNED_ANEW = 0;

  /**
   * Before statements whose plans are kept. One that was made while the tables were empty would
   * scan them for ever, for that was cheapest then; nor is a table joined there that could be read
   * whole: what belongs to a row is looked up for that row.
   */
  static final String ONLY_BY_INDEX =
      """
      SELECT set_config('plan_cache_mode', 'force_generic_plan', true),
             set_config('enable_seqscan', 'off', true);
      """;

  private PlainJdbc() {}

  /** Sets a statement's parameters, runs it and reads what it gives. */
  interface Work {
    void with(PreparedStatement statement) throws SQLException;
  }

  /**
   * Runs one statement.
   *
   * @throws TransactionException when the database fails or refuses
   */
  static void run(Handle handle, String sql, int prepareThreshold, Work work) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(prepareThreshold);
      work.with(statement);
    } catch (SQLException failure) {
      throw new TransactionException("A statement of the sale failed", failure);
    }
  }

  static Array uuids(PreparedStatement statement, Stream<UUID> ids) throws SQLException {
    return uuids(statement, ids.toArray(UUID[]::new));
  }

  static Array uuids(PreparedStatement statement, UUID... ids) throws SQLException {
    return statement.getConnection().createArrayOf("uuid", ids);
  }

  static Array texts(PreparedStatement statement, String... texts) throws SQLException {
    return statement.getConnection().createArrayOf("text", texts);
  }

  static Array integers(PreparedStatement statement, Stream<Integer> numbers) throws SQLException {
    return statement.getConnection().createArrayOf("int4", numbers.toArray());
  }
}
