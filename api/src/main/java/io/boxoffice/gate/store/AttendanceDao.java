package io.boxoffice.gate.store;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL that reads and compares the counts of scans. */
@RegisterConstructorMapper(GateCount.class)
@RegisterConstructorMapper(MinuteCount.class)
interface AttendanceDao {

  /** Counts the scans of a concert by gate, in the order of the gates' names. */
  @SqlQuery(
      """
      SELECT gate, sum(admitted_count) AS admitted, sum(left_count) AS left,
             sum(refused_count) AS refused
      FROM attendance_minutes WHERE concert_id = :concertId
      GROUP BY gate ORDER BY gate
      """)
  List<GateCount> byGate(UUID concertId);

  /** Counts the scans of a concert by minute, the newest first. */
  @SqlQuery(
      """
      SELECT minute, sum(admitted_count) AS admitted, sum(left_count) AS left,
             sum(refused_count) AS refused
      FROM attendance_minutes WHERE concert_id = :concertId
      GROUP BY minute ORDER BY minute DESC LIMIT :limit
      """)
  List<MinuteCount> byMinute(UUID concertId, int limit);

  /**
   * Counts the minutes of the time before now whose counts differ from the scans. One statement
   * sees both sides at the same moment.
   *
   * @param reach how long a time; scans that were applied within it are compared
   */
  @SqlQuery(
      """
      WITH counted AS (
        SELECT concert_id, gate, date_bin('1 minute', judged_at, 'epoch') AS minute,
               count(*) FILTER (WHERE outcome = 'admitted') AS admitted_count,
               count(*) FILTER (WHERE outcome = 'left') AS left_count,
               count(*) FILTER (WHERE outcome = 'refused') AS refused_count
        FROM scans
        WHERE applied_at >= date_bin('1 minute', now(), 'epoch') - :reach
          AND judged_at >= date_bin('1 minute', now(), 'epoch') - :reach
        GROUP BY 1, 2, 3
      )
      SELECT count(*)
      FROM counted c
      FULL JOIN (SELECT * FROM attendance_minutes
                 WHERE minute >= date_bin('1 minute', now(), 'epoch') - :reach) a
        USING (concert_id, gate, minute)
      WHERE (c.admitted_count, c.left_count, c.refused_count)
        IS DISTINCT FROM (a.admitted_count, a.left_count, a.refused_count)
      """)
  long countDifferences(Duration reach);

  /** Deletes counts that are older than the given age. */
  @SqlUpdate("DELETE FROM attendance_minutes WHERE minute < now() - :age")
  int deleteOld(Duration age);
}
