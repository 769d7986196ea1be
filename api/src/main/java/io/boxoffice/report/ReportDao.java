package io.boxoffice.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of reports and their jobs. All times are the database's. */
@RegisterConstructorMapper(Report.class)
@RegisterConstructorMapper(ReportDao.Job.class)
interface ReportDao {

  /**
   * Holds a report that this replica may ask the partner for, until its lease ends.
   *
   * @param attempts this one included
   */
  record Job(UUID id, UUID concertId, int attempts) {}

  /** The columns of a report. */
  String REPORT = "id, concert_id, state, statement, failure, created_at, done_at ";

  /**
   * Inserts a report to be made.
   *
   * @param key null for none
   * @param patience when the sweep takes it if no replica has
   * @return empty when the key has a report already
   */
  @SqlQuery(
      """
      INSERT INTO reports (id, concert_id, idempotency_key, state, created_at, due_at)
      VALUES (:id, :concertId, :key, 'QUEUED', now(), now() + :patience)
      ON CONFLICT (idempotency_key) DO NOTHING
      RETURNING\s"""
          + REPORT)
  Optional<Report> insert(UUID id, UUID concertId, String key, Duration patience);

  /** Reads the report of a key. */
  @SqlQuery("SELECT " + REPORT + "FROM reports WHERE idempotency_key = :key")
  Optional<Report> findByKey(String key);

  /** Reads a report. */
  @SqlQuery("SELECT " + REPORT + "FROM reports WHERE id = :id")
  Optional<Report> find(UUID id);

  /** Reads those of the given reports that are done or failed. */
  @SqlQuery("SELECT " + REPORT + "FROM reports WHERE id = ANY (:ids) AND state <> 'QUEUED'")
  List<Report> ended(UUID... ids);

  /**
   * Reads reports in the order in which they were requested.
   *
   * @param after the last id of the page before, or null
   */
  @SqlQuery(
      "SELECT "
          + REPORT
          + "FROM reports WHERE CAST(:after AS uuid) IS NULL OR id > :after"
          + " ORDER BY id LIMIT :limit")
  List<Report> list(UUID after, int limit);

  /** Takes a report, unless it has ended or another attempt has its lease. */
  @SqlQuery(
      """
      UPDATE reports SET attempts = least(attempts + 1, 1000), due_at = now() + :lease
      WHERE id = :id AND state = 'QUEUED' AND (attempts = 0 OR due_at <= now())
      RETURNING id, concert_id, attempts
      """)
  Optional<Job> take(UUID id, Duration lease);

  /** Takes reports that are due, those that wait longest in front. */
  @SqlQuery(
      """
      UPDATE reports SET attempts = least(attempts + 1, 1000), due_at = now() + :lease
      WHERE id IN (SELECT id FROM reports WHERE state = 'QUEUED' AND due_at <= now()
                   ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED)
      RETURNING id, concert_id, attempts
      """)
  List<Job> takeDue(int limit, Duration lease);

  /** Notes that the partner has accepted a report, and when to ask for it. */
  @SqlUpdate(
      """
      UPDATE reports SET attempts = 1, failure = NULL, due_at = now() + :pause
      WHERE id = :id AND state = 'QUEUED'
      """)
  void accepted(UUID id, Duration pause);

  /** Notes a failure, and when to try again. */
  @SqlUpdate(
      """
      UPDATE reports SET failure = :failure, due_at = now() + :pause
      WHERE id = :id AND state = 'QUEUED'
      """)
  void postpone(UUID id, String failure, Duration pause);

  /** Ends a report with its statement. */
  @SqlQuery(
      """
      UPDATE reports SET state = 'DONE', statement = :statement, failure = NULL, done_at = now()
      WHERE id = :id AND state = 'QUEUED'
      RETURNING\s"""
          + REPORT)
  Optional<Report> done(UUID id, String statement);

  /** Ends a report without a statement. */
  @SqlQuery(
      """
      UPDATE reports SET state = 'FAILED', failure = :failure, done_at = now()
      WHERE id = :id AND state = 'QUEUED'
      RETURNING\s"""
          + REPORT)
  Optional<Report> failed(UUID id, String failure);

  /** Deletes some of the reports that are older than the given age. */
  @SqlUpdate(
      """
      DELETE FROM reports WHERE id IN (
        SELECT id FROM reports WHERE created_at < now() - :age LIMIT :limit)
      """)
  int deleteOld(Duration age, int limit);

  /** Counts the reports to be made, up to the given limit. */
  @SqlQuery("SELECT count(*) FROM (SELECT FROM reports WHERE state = 'QUEUED' LIMIT :most) queued")
  long countQueued(int most);

  /** Returns the age of the oldest report to be made, in seconds; 0 if there is none. */
  @SqlQuery(
      """
      SELECT coalesce(max(extract(epoch FROM now() - created_at)), 0)
      FROM reports WHERE state = 'QUEUED'
      """)
  double oldestQueued();
}
