package io.boxoffice.platform.database;

import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Queries the server about itself. */
public interface ServerDao {

  /** The database's size on disk, in bytes. */
  @SqlQuery("SELECT pg_database_size(current_database())")
  long size();

  /** The lag of the slowest standby, in seconds; null when the server shows no standby. */
  @SqlQuery("SELECT extract(epoch FROM standby_lag())")
  Double replicationLag();
}
