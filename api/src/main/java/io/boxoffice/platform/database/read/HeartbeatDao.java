package io.boxoffice.platform.database.read;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of heartbeats. */
interface HeartbeatDao {

  /**
   * Writes the heartbeat of a replica. Its commit waits for no standby: it need not survive a
   * failover.
   *
   * @param nanos the replica's clock before this statement
   */
  @SqlUpdate(
      """
      INSERT INTO read_heartbeats AS last (replica, sent_nanos, sent_at)
      SELECT :replica, :nanos, now() FROM set_config('synchronous_commit', 'local', true)
      ON CONFLICT (replica) DO UPDATE
      SET sent_nanos = excluded.sent_nanos, sent_at = excluded.sent_at
      """)
  void write(UUID replica, long nanos);

  /** Reads the newest heartbeat of a replica that this server has. */
  @SqlQuery("SELECT sent_nanos FROM read_heartbeats WHERE replica = :replica")
  Optional<Long> last(UUID replica);

  /** Deletes the heartbeats of replicas that ended. */
  @SqlUpdate("DELETE FROM read_heartbeats WHERE sent_at < now() - interval '1 hour'")
  void deleteOld();
}
