package io.boxoffice.event.postgres;

import java.time.Duration;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL with which a subscription receives. All times are the database's. */
@RegisterConstructorMapper(Delivery.class)
public interface DeliveryQueueDao {

  /** Lets the session receive notices about deliveries. */
  @SqlUpdate("LISTEN deliveries")
  void listen();

  /** Finds the partitions of a consumer that have a delivery to try. */
  @SqlQuery(
      """
      SELECT p.number FROM generate_series(0, 7) AS p (number)
      WHERE EXISTS (
        SELECT FROM deliveries WHERE consumer = :consumer AND partition = p.number
          AND (due_at IS NULL OR due_at <= now()))
      """)
  List<Integer> partitionsToTry(String consumer);

  /** Makes the session the only one that receives from a partition, until it unlocks or ends. */
  @SqlQuery("SELECT pg_try_advisory_lock(hashtext('deliveries of ' || :consumer), :partition)")
  boolean lock(String consumer, int partition);

  /** Lets other sessions receive from a partition. */
  @SqlQuery("SELECT pg_advisory_unlock(hashtext('deliveries of ' || :consumer), :partition)")
  boolean unlock(String consumer, int partition);

  /**
   * Reads the next deliveries of a partition that is locked.
   *
   * @param ordered leaves out a delivery if an earlier one of the same key failed and is not due
   */
  @SqlQuery(
      """
      SELECT position, key, event, attempts FROM deliveries d
      WHERE consumer = :consumer AND partition = :partition
        AND (due_at IS NULL OR due_at <= now())
        AND NOT (:ordered AND EXISTS (
          SELECT FROM deliveries earlier
          WHERE earlier.consumer = :consumer AND earlier.partition = :partition
            AND earlier.key = d.key AND earlier.position < d.position AND earlier.due_at > now()))
      ORDER BY position LIMIT :limit
      """)
  List<Delivery> next(String consumer, int partition, boolean ordered, int limit);

  /** Deletes deliveries that are done. */
  @SqlUpdate(
      """
      DELETE FROM deliveries
      WHERE consumer = :consumer AND partition = :partition AND position = ANY (:positions)
      """)
  void done(String consumer, int partition, Long... positions);

  /** Notes that a delivery failed, and when it is tried again. */
  @SqlUpdate(
      """
      UPDATE deliveries
      SET attempts = :attempts, due_at = now() + :pause
      WHERE consumer = :consumer AND partition = :partition AND position = :position
      """)
  void retry(String consumer, int partition, long position, int attempts, Duration pause);
}
