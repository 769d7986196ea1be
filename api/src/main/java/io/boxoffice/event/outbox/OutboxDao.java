package io.boxoffice.event.outbox;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of the outbox and its relay. */
@RegisterConstructorMapper(OutboxRow.class)
public interface OutboxDao {

  /** Inserts an event. */
  @SqlUpdate(
      """
      INSERT INTO outbox (id, type, subject, key, time, data, traceparent, request_id)
      VALUES (:id, :type, :subject, :key, :time, CAST(:data AS json), :traceparent, :requestId)
      """)
  void insert(
      UUID id,
      String type,
      UUID subject,
      UUID key,
      Instant time,
      String data,
      String traceparent,
      String requestId);

  /** Lets one session be the relay of the database, until it unlocks or ends. */
  @SqlQuery("SELECT pg_try_advisory_lock(:number)")
  boolean lead(long number);

  /** Lets the session receive the relay's notices. */
  @SqlUpdate("LISTEN outbox")
  void listen();

  /** Notifies the relay. */
  @SqlUpdate("NOTIFY outbox")
  void signal();

  /** Reads the next events in the order of their positions, and takes no lock. */
  @SqlQuery("SELECT * FROM outbox ORDER BY position LIMIT :limit")
  List<OutboxRow> next(int limit);

  /**
   * Deletes exactly the events that were published. A row with a lower position may have been
   * committed meanwhile.
   */
  @SqlUpdate("DELETE FROM outbox WHERE position = ANY (:positions)")
  void delete(Long... positions);

  /** Counts the events that wait, up to the given limit. */
  @SqlQuery("SELECT count(*) FROM (SELECT FROM outbox LIMIT :most) waiting")
  long count(int most);

  /** Returns the age of the event that is published next, in seconds; 0 if none waits. */
  @SqlQuery(
      """
      SELECT coalesce((SELECT greatest(0, extract(epoch FROM clock_timestamp() - time))
                       FROM outbox ORDER BY position LIMIT 1), 0)
      """)
  double oldest();
}
