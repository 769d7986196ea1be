package io.boxoffice.platform.database;

import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Queries the server about itself. */
@RegisterConstructorMapper(ServerDao.Timeline.class)
public interface ServerDao {

  /**
   * Where a primary is in the history of its cluster.
   *
   * @param cluster the id that initdb gave; a primary and its standbys have the same
   * @param number grows by one with each promotion
   */
  record Timeline(String cluster, int number) {}

  /** The database's size on disk, in bytes. */
  @SqlQuery("SELECT pg_database_size(current_database())")
  long size();

  /** The lag of the slowest standby, in seconds; null when the server shows no standby. */
  @SqlQuery("SELECT extract(epoch FROM standby_lag())")
  Double replicationLag();

  /** How many synchronous standbys a commit waits for; null when this server is a standby. */
  @SqlQuery("SELECT sync_standbys_wanted()")
  Integer syncStandbysWanted();

  /** How many synchronous standbys are connected; null when this server is a standby. */
  @SqlQuery("SELECT sync_standbys()")
  Integer syncStandbys();

  /** The timeline of this server; empty when it is a standby. */
  @SqlQuery(
      """
      SELECT CAST(system_identifier AS text) AS cluster,
             ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer AS number
      FROM pg_control_system() WHERE NOT pg_is_in_recovery()
      """)
  Optional<Timeline> timeline();
}
