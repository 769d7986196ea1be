package io.boxoffice.event.inbox;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of the inbox. All times are the database's. */
public interface InboxDao {

  /**
   * Notes events in the order of their ids, so that two transactions with the same events cannot
   * deadlock.
   *
   * @return those that were not noted before
   */
  @SqlQuery(
      """
      INSERT INTO inbox (consumer, message_id, received_at)
      SELECT :consumer, id, now() FROM unnest(:ids) AS new (id) ORDER BY id
      ON CONFLICT DO NOTHING
      RETURNING message_id
      """)
  List<UUID> note(String consumer, UUID... ids);

  /** Deletes some of the notes that are older than the given age. */
  @SqlUpdate(
      """
      DELETE FROM inbox WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM inbox
        WHERE received_at < now() - :age LIMIT :limit))
      """)
  int deleteOld(Duration age, int limit);
}
