package io.boxoffice.platform.limit;

import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Contains the SQL of the limits that all replicas share. */
@RegisterConstructorMapper(FleetCounts.Taken.class)
interface RateLimitDao {

  /**
   * Counts one request; see {@link FleetCounts#take}. A conflicting row is locked before it is
   * read, so concurrent requests count one after the other. Only the clock of the database decides,
   * read after the lock: by the time at which its statement began, a request would be earlier than
   * the one that it waited for.
   */
  @SqlQuery(
      """
      INSERT INTO rate_limits AS known (key, whole_at, accepted)
      VALUES (:key, clock_timestamp() + :period * interval '1 microsecond', true)
      ON CONFLICT (key) DO UPDATE
      SET (accepted, whole_at) = (
        SELECT used_until <= now + :most * interval '1 microsecond',
               CASE WHEN used_until <= now + :most * interval '1 microsecond'
                    THEN used_until + :period * interval '1 microsecond'
                    ELSE known.whole_at END
        FROM (SELECT clock_timestamp() AS now) AS clock,
             LATERAL (SELECT greatest(known.whole_at, now) AS used_until) AS quota)
      RETURNING accepted,
                CAST(extract(epoch FROM whole_at - clock_timestamp()) * 1000000 AS bigint)
                  AS micros_until_whole
      """)
  FleetCounts.Taken take(UUID key, long period, long most);

  /**
   * Deletes rows whose quota is whole again, which are like absent ones. It skips rows that another
   * replica deletes or uses.
   *
   * @param most the largest number of rows
   * @return the number of deleted rows
   */
  @SqlUpdate(
      """
      DELETE FROM rate_limits
      WHERE key IN (SELECT key FROM rate_limits WHERE whole_at < now()
                    LIMIT :most FOR UPDATE SKIP LOCKED)
      """)
  int deleteWhole(int most);
}
