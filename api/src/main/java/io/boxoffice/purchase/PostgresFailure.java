package io.boxoffice.purchase;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/**
 * Classifies failures of PostgreSQL by SQLSTATE (PostgreSQL manual, appendix A), so that the desk
 * knows what it may retry.
 */
final class PostgresFailure {
  private PostgresFailure() {}

  /**
   * Whether the server answered a COMMIT with a failure, and so rolled back. If there is no answer
   * (class 08 or no SQLSTATE), or if the server shuts down (class 57), it may have committed.
   */
  static boolean isAnswered(JdbiException failure) {
    String state = state(failure);
    return !state.isEmpty() && !state.startsWith("08") && !state.startsWith("57");
  }

  /**
   * Whether the server rejected the data (classes 22 and 23). One request of a batch may be the
   * cause.
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
