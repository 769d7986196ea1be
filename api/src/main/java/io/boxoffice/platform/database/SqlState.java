package io.boxoffice.platform.database;

import java.sql.SQLException;

/**
 * What PostgreSQL says about a failure by its SQLSTATE (PostgreSQL manual, appendix A), so that
 * every caller draws the same conclusion from it.
 *
 * @param code five characters; empty when the server gave no answer
 */
public record SqlState(String code) {
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String OUT_OF_MEMORY = "53200";
  private static final String QUERY_CANCELED = "57014";
  private static final String IDLE_IN_TRANSACTION_TIMEOUT = "25P03";
  private static final String READ_ONLY_TRANSACTION = "25006";
  private static final String UNIQUE_VIOLATION = "23505";

  /** The code of require_home in the schema; PostgreSQL leaves its class to applications. */
  private static final String HOME_ELSEWHERE = "SH001";

  /** The code of guard_admitted in the schema. */
  private static final String ADMITTED = "GA001";

  /** Reads the state of the first SQL failure among an exception and its causes. */
  public static SqlState of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException failure) {
        return new SqlState(failure.getSQLState() == null ? "" : failure.getSQLState());
      }
    }
    return new SqlState("");
  }

  /** A lock or a statement took longer than its limit, or a transaction lost against another. */
  public boolean isTooSlow() {
    return code.equals(LOCK_NOT_AVAILABLE) || code.equals(QUERY_CANCELED) || isOfClass("40");
  }

  /** The network or the server has ended the session. */
  public boolean isSessionEnded() {
    return isOfClass("08") || isShutdown() || code.equals(IDLE_IN_TRANSACTION_TIMEOUT);
  }

  /** Another row has the value of a unique key. */
  public boolean isDuplicate() {
    return code.equals(UNIQUE_VIOLATION);
  }

  /** Another site sells the concert. */
  public boolean isHomeElsewhere() {
    return code.equals(HOME_ELSEWHERE);
  }

  /** A ticket of the purchase was admitted, so it cannot be cancelled. */
  public boolean isAdmitted() {
    return code.equals(ADMITTED);
  }

  /** The session cannot write, as on a standby. */
  public boolean isReadOnly() {
    return code.equals(READ_ONLY_TRANSACTION);
  }

  /**
   * The server cannot serve at the moment: it is ended, short of resources, failing or read-only.
   */
  public boolean isAway() {
    return isOfClass("08")
        || (isOfClass("57") && !isTooSlow())
        || isOfClass("53")
        || isOfClass("58")
        || isReadOnly();
  }

  /**
   * Whether the server answered that the transaction failed, so that it is rolled back. Without an
   * answer, or while the server shuts down, a commit may have succeeded. The driver itself reports
   * that its memory does not suffice to read an answer.
   */
  public boolean isRolledBack() {
    return !code.isEmpty() && !isOfClass("08") && !isShutdown() && !code.equals(OUT_OF_MEMORY);
  }

  /** The data are wrong, perhaps those of one request in a batch. */
  public boolean isOfData() {
    return isOfClass("22") || isOfClass("23");
  }

  private boolean isShutdown() {
    return code.startsWith("57P");
  }

  private boolean isOfClass(String twoCharacters) {
    return code.startsWith(twoCharacters);
  }
}
