package io.boxoffice.pageview;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of page views, and of the events that announce them. */
interface PageViewDao {

  /** Copies rows of the two columns, as text. */
  String COPY = "COPY page_views (concert_id, viewed_at) FROM STDIN";

  /** Inserts one view and its event. */
  @SqlUpdate(
      """
      WITH viewed AS (
        INSERT INTO page_views (concert_id, viewed_at) VALUES (:concertId, :viewedAt)
      )
      INSERT INTO outbox (id, type, subject, key, time, data)
      VALUES (:eventId, :type, :concertId, :concertId, :viewedAt, json_build_object('views', 1))
      """)
  void insert(UUID eventId, String type, UUID concertId, Instant viewedAt);

  /**
   * Inserts one event for each concert.
   *
   * @param eventIds as many as concerts
   * @param views how often each concert was viewed
   */
  @SqlUpdate(
      """
      INSERT INTO outbox (id, type, subject, key, time, data)
      SELECT id, :type, concert, concert, :time, json_build_object('views', views)
      FROM unnest(:eventIds, :concertIds, :views) AS seen (id, concert, views)
      """)
  void announce(UUID[] eventIds, String type, UUID[] concertIds, Integer[] views, Instant time);

  /** Returns the number of the open transaction, by which {@link #status} finds it afterwards. */
  @SqlQuery("SELECT CAST(pg_current_xact_id() AS text)")
  String transaction();

  /** Returns what became of a transaction: committed, aborted, in progress; null if it is old. */
  @SqlQuery("SELECT pg_xact_status(CAST(:transaction AS xid8))")
  String status(String transaction);

  /** Deletes some of the views that are older than the given age. */
  @SqlUpdate(
      """
      DELETE FROM page_views WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM page_views WHERE viewed_at < now() - :age LIMIT :limit))
      """)
  int deleteOld(Duration age, int limit);
}
