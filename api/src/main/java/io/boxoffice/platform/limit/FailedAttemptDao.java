package io.boxoffice.platform.limit;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Contains the SQL of delays that grow. Only the clock of the database decides, so that all
 * replicas agree.
 */
interface FailedAttemptDao {

  /**
   * Counts an attempt as failed, unless it is too early. A conflicting row is locked before it is
   * read, so of several attempts at once each sees the ones before it.
   *
   * @param free the failures after which the next attempt need not wait
   * @param longest the longest wait
   * @param memory how long after its last wait a partition begins again
   * @return the failures with this one; empty for an attempt that is too early, which changes
   *     nothing
   */
  @SqlQuery(
      """
      INSERT INTO failed_attempts AS known (key, failures, retry_at, forgotten_at)
      VALUES (:key, 1, clock_timestamp(), clock_timestamp() + :memory)
      ON CONFLICT (key) DO UPDATE
      SET (failures, retry_at, forgotten_at) = (
        SELECT failed, now + wait, now + wait + :memory
        FROM (SELECT clock_timestamp() AS now) AS clock,
             LATERAL (SELECT CASE WHEN known.forgotten_at <= now THEN 1
                                  ELSE known.failures + 1 END AS failed) AS counted,
             LATERAL (SELECT CASE WHEN failed <= :free THEN interval '0'
                                  ELSE least(:longest, interval '1 second'
                                                       * power(2, least(failed - :free - 1, 30)))
                                  END AS wait) AS grown)
      WHERE known.retry_at <= clock_timestamp()
      RETURNING failures
      """)
  Optional<Integer> begin(UUID key, int free, Duration longest, Duration memory);

  /** Reads how long a partition must wait, in milliseconds; empty if it never failed. */
  @SqlQuery(
      """
      SELECT CAST(extract(epoch FROM retry_at - clock_timestamp()) * 1000 AS bigint)
      FROM failed_attempts WHERE key = :key
      """)
  Optional<Long> millisToWait(UUID key);

  /** Takes back an attempt that was neither right nor wrong. */
  @SqlUpdate(
      """
      UPDATE failed_attempts
      SET failures = failures - 1, retry_at = least(retry_at, clock_timestamp())
      WHERE key = :key AND failures > 0
      """)
  void takeBack(UUID key);

  /** Forgets the failures of a partition. */
  @SqlUpdate("DELETE FROM failed_attempts WHERE key = :key")
  void forget(UUID key);

  /**
   * Deletes rows that no longer count. It skips rows that another replica deletes or uses.
   *
   * @param most the largest number of rows
   * @return the number of deleted rows
   */
  @SqlUpdate(
      """
      DELETE FROM failed_attempts
      WHERE key IN (SELECT key FROM failed_attempts WHERE forgotten_at < now()
                    LIMIT :most FOR UPDATE SKIP LOCKED)
      """)
  int deleteForgotten(int most);
}
