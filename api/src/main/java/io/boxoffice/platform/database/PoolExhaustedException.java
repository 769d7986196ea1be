package io.boxoffice.platform.database;

import java.sql.SQLTransientConnectionException;

/** Distinguishes a pool whose sessions are all in use from an unreachable database. */
public final class PoolExhaustedException extends SQLTransientConnectionException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for a wait that ended without a session. */
  public PoolExhaustedException(String message) {
    super(message);
  }
}
