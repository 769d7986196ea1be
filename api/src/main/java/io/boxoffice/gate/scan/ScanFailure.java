package io.boxoffice.gate.scan;

import io.boxoffice.platform.database.SqlState;
import org.jdbi.v3.core.JdbiException;

/** Tells whether a scan is the reason why the transaction of its batch failed. */
public final class ScanFailure {
  /** The class of SQLSTATEs of a wrong schema or missing rights, which no scan causes. */
  private static final String SCHEMA = "42";

  private ScanFailure() {}

  /** Whether the database works, and so a scan itself is the reason. */
  public static boolean isOfScan(Exception failure) {
    SqlState state = SqlState.of(failure);
    if (state.code().isEmpty()) {
      // Without an answer the database is away, and an IOException is the broker's.
      return failure instanceof RuntimeException && !(failure instanceof JdbiException);
    }
    return !state.isAway()
        && !state.isTooSlow()
        && !state.isSessionEnded()
        && !state.code().startsWith(SCHEMA);
  }
}
