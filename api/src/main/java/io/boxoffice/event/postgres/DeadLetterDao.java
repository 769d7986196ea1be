package io.boxoffice.event.postgres;

import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.DeadLetter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of dead letters. All times are the database's. */
@RegisterRowMapper(DeadLetterDao.Mapper.class)
public interface DeadLetterDao {

  /** Makes a dead letter of a delivery. */
  @SqlUpdate(
      """
      WITH failed AS (
        DELETE FROM deliveries
        WHERE consumer = :consumer AND partition = :partition AND position = :position
        RETURNING consumer, event
      )
      INSERT INTO dead_letters (id, consumer, event, failure, deliveries, failed_at)
      SELECT :id, consumer, event, :failure, :attempts, now() FROM failed
      """)
  void bury(UUID id, String consumer, int partition, long position, String failure, int attempts);

  /** Reads a page in the order of the ids. */
  @SqlQuery(
      """
      SELECT * FROM dead_letters
      WHERE id > coalesce(:after, CAST('00000000-0000-0000-0000-000000000000' AS uuid))
      ORDER BY id LIMIT :limit
      """)
  List<DeadLetter> list(UUID after, int limit);

  /** Takes a dead letter out of the table. */
  @SqlQuery("DELETE FROM dead_letters WHERE id = :id RETURNING *")
  Optional<DeadLetter> take(UUID id);

  /** Delivers an event to one consumer, also if that has never run in this database. */
  @SqlUpdate(
      """
      WITH known AS (
        INSERT INTO consumers (name, types, seen_at) VALUES (:consumer, '{}', now())
        ON CONFLICT DO NOTHING
      )
      INSERT INTO deliveries (consumer, partition, key, event, published_at)
      VALUES (:consumer, :partition, :key, :event, now())
      """)
  void deliver(String consumer, int partition, UUID key, String event);

  /** Reads a dead letter. */
  final class Mapper implements RowMapper<DeadLetter> {
    @Override
    public DeadLetter map(ResultSet row, StatementContext context) throws SQLException {
      return new DeadLetter(
          row.getObject("id", UUID.class),
          row.getString("consumer"),
          Event.fromJson(row.getString("event")),
          row.getString("failure"),
          row.getInt("deliveries"),
          row.getObject("failed_at", OffsetDateTime.class).toInstant());
    }
  }
}
