package io.boxoffice.site;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of sites and homes. What needs more rights is a function of the schema. */
@RegisterConstructorMapper(SiteDao.Names.class)
interface SiteDao {

  /** Holds what the database knows of its site. */
  record Names(String name, String peer) {}

  /** Reads which site the database belongs to; empty for a shop of one site. */
  @SqlQuery("SELECT name, peer FROM site")
  Optional<Names> names();

  /** Notes that this site lives; the other one sees it when it has applied all changes before. */
  @SqlUpdate(
      """
      INSERT INTO site_heartbeats (site, beat_at) SELECT name, clock_timestamp() FROM site
      ON CONFLICT (site) DO UPDATE SET beat_at = excluded.beat_at
      """)
  void beat();

  /** Reads how many seconds old the newest change of the other site is; empty if none arrived. */
  @SqlQuery(
      """
      SELECT greatest(0, extract(epoch FROM clock_timestamp() - h.beat_at))
      FROM site_heartbeats h JOIN site s ON s.peer = h.site
      """)
  Optional<Double> replicationAge();

  /** Counts the concerts that each site sells. */
  @SqlQuery("SELECT site, concerts FROM homes_of_sites()")
  @KeyColumn("site")
  @ValueColumn("concerts")
  Map<String, Double> homes();

  /** Reads when this site took the other one over; empty while there are two sites. */
  @SqlQuery("SELECT lost_at FROM site WHERE lost_at IS NOT NULL")
  Optional<Instant> lostAt();

  /** Ends the subscription to the other site, so that no commit there is confirmed any more. */
  @SqlQuery("SELECT stop_listening() IS NULL")
  boolean stopListening();

  /**
   * Ends the process that applies the other site's changes.
   *
   * @return how many there still were; 0 when it has ended
   */
  @SqlQuery("SELECT end_listener()")
  int endListener();

  /**
   * Moves some homes of the other site here.
   *
   * @param reason null for none
   * @return how many; 0 when none is left
   */
  @SqlQuery("SELECT take_over(:reason)")
  long takeOver(String reason);

  /** Notes the position in the log that the other site must confirm before it is heard again. */
  @SqlUpdate(
      "UPDATE site SET lost_lsn = pg_current_wal_lsn() WHERE lost_at IS NOT NULL AND lost_lsn IS NULL")
  void notePosition();

  /**
   * Subscribes to the other site again, if it has confirmed that position.
   *
   * @return whether it did
   */
  @SqlQuery("SELECT listen_again()")
  boolean listenAgain();

  /**
   * Ends commits that wait for the other site too long.
   *
   * @param seconds how long a commit may wait while there are two sites
   * @return how many
   */
  @SqlQuery("SELECT release_waits(make_interval(secs => :seconds))")
  long releaseWaits(int seconds);

  /**
   * Replicates the conflicts that were noted during replication.
   *
   * @return how many
   */
  @SqlQuery("SELECT announce_conflicts()")
  long announceConflicts();

  /**
   * Moves the home of one concert, if it is not there already.
   *
   * @param reason null for none
   * @return the epoch since then
   */
  @SqlQuery("SELECT move_home(:concertId, :toSite, :reason)")
  long moveHome(UUID concertId, String toSite, String reason);

  /** Reads which site sells a concert; empty when there is no such concert. */
  @SqlQuery("SELECT home_of_concert(:concertId)")
  Optional<String> home(UUID concertId);
}
