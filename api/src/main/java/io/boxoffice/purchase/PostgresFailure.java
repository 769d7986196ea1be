package io.boxoffice.purchase;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/** Tells failures of PostgreSQL apart by SQLSTATE (PostgreSQL manual, appendix A). */
final class PostgresFailure {
  private PostgresFailure() {}

  /**
   * Whether the server itself answered a COMMIT with a failure, and so rolled back. Without an
   * answer (class 08, or none) or with the server going down (class 57) it may have committed.
   */
  static boolean isAnswered(JdbiException failure) {
    String state = state(failure);
    return !state.isEmpty() && !state.startsWith("08") && !state.startsWith("57");
  }

  /**
   * Whether the data were at fault, perhaps those of one request in a batch (classes 22 and 23).
   */
  static boolean isOfData(JdbiException failure) {
    return state(failure).startsWith("22") || state(failure).startsWith("23");
  }

  private static String state(JdbiException failure) {
    return failure.getCause() instanceof SQLException cause && cause.getSQLState() != null
        ? cause.getSQLState()
        : "";
  }
}
