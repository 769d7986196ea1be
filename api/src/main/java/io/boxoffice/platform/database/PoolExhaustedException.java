package io.boxoffice.platform.database;

import java.sql.SQLTransientConnectionException;

/** Tells a pool whose sessions are all lent from a database that cannot be reached. */
public final class PoolExhaustedException extends SQLTransientConnectionException {
  private static final long serialVersionUID = 1L;

  /** A wait for a session that ended without one. */
  public PoolExhaustedException(String message) {
    super(message);
  }
}
