package io.boxoffice.platform.database;

import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Queries the server about itself. */
public interface ServerDao {

  /** The database's size on disk, in bytes. */
  @SqlQuery("SELECT pg_database_size(current_database())")
  long size();

  /**
   * The lag of the slowest standby, in seconds; null when no standby is visible. A standby that has
   * caught up and is idle reports no lag, which counts as 0. A user without pg_monitor cannot read
   * the states.
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
