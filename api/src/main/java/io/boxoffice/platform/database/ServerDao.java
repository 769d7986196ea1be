package io.boxoffice.platform.database;

import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The SQL that asks the server about itself. */
public interface ServerDao {

  /** What the database takes on disk, in bytes. */
  @SqlQuery("SELECT pg_database_size(current_database())")
  long size();

  /**
   * By how many seconds the slowest standby is behind; null where none is to be seen. A standby
   * that has caught up and has nothing to do reports no lag, which is 0; a user without pg_monitor
   * sees no states.
   */
  @SqlQuery(
      """
      SELECT extract(epoch FROM
               max(CASE state WHEN 'streaming' THEN coalesce(replay_lag, interval '0')
                              WHEN 'catchup' THEN replay_lag END))
      FROM pg_stat_replication
      """)
  Double replicationLag();
}
