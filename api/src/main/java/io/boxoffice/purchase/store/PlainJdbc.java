package io.boxoffice.purchase.store;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.postgresql.PGStatement;

/**
 * Runs the statements of a sale with plain JDBC on a handle's connection. JDBI needs more time to
 * prepare a statement than PostgreSQL needs to run it, and it reads only one result. Several
 * statements in one text take one round trip (PostgreSQL 18 manual, chapter 54.2.3). Each of them
 * still sees everything that was committed before it started.
 */
final class PlainJdbc {
  /**
   * Prepares a statement on the server at its first run, so that PostgreSQL does not plan it for
   * each batch.
   */
  private static final int PLAN_KEPT = 1;

  /**
   * Settings to send before statements whose plans are kept. For an empty table, a scan is the
   * cheapest plan, and the kept plan would scan the table after it has grown. For the same reason
   * these statements join no table that could be read whole; they look up related rows one by one.
   */
  static final String ONLY_BY_INDEX =
      """
      SELECT set_config('plan_cache_mode', 'force_generic_plan', true),
             set_config('enable_seqscan', 'off', true);
      """;

  private PlainJdbc() {}

  /** Sets the parameters of a statement, runs it and reads its results. */
  interface Work {
    void with(PreparedStatement statement) throws SQLException;
  }

  /**
   * Runs one statement.
   *
   * @throws TransactionException when the database fails or rejects the statement
   */
  static void run(Handle handle, String sql, Work work) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(PLAN_KEPT);
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

  static Array texts(PreparedStatement statement, Stream<String> texts) throws SQLException {
    return statement.getConnection().createArrayOf("text", texts.toArray());
  }

  static Array integers(PreparedStatement statement, Stream<Integer> numbers) throws SQLException {
    return statement.getConnection().createArrayOf("int4", numbers.toArray());
  }

  static Array bigints(PreparedStatement statement, Stream<Long> numbers) throws SQLException {
    return statement.getConnection().createArrayOf("int8", numbers.toArray());
  }

  static Array times(PreparedStatement statement, Stream<Instant> times) throws SQLException {
    return statement
        .getConnection()
        .createArrayOf("timestamptz", times.map(Instant::toString).toArray());
  }
}
