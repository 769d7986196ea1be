package io.boxoffice.event.postgres;

import io.boxoffice.event.transport.Backlog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of the consumers and of the publication to them. All times are the database's. */
@RegisterRowMapper(ConsumerDao.BacklogMapper.class)
public interface ConsumerDao {

  /** Notes that a consumer runs, and which types it receives. */
  @SqlUpdate(
      """
      INSERT INTO consumers (name, types, seen_at) VALUES (:name, :types, now())
      ON CONFLICT (name) DO UPDATE SET types = excluded.types, seen_at = excluded.seen_at
      """)
  void register(String name, String... types);

  /** Reads which types any consumer receives. */
  @SqlQuery("SELECT DISTINCT unnest(types) FROM consumers")
  Set<String> wantedTypes();

  /** Stores events for all their consumers, in the order of the arrays. */
  @SqlUpdate(
      """
      INSERT INTO deliveries (consumer, partition, key, event, published_at)
      SELECT c.name, e.partition, e.key, e.event, clock_timestamp()
      FROM unnest(:types, :partitions, :keys, :events)
           WITH ORDINALITY AS e (type, partition, key, event, number)
      JOIN consumers c ON e.type = ANY (c.types)
      ORDER BY e.number
      """)
  void publish(String[] types, Integer[] partitions, UUID[] keys, String[] events);

  /** Notifies the subscriptions that there are deliveries. */
  @SqlUpdate("NOTIFY deliveries")
  void signal();

  /**
   * Counts the deliveries of each consumer, up to the given limit. The oldest is the first of a
   * partition.
   */
  @SqlQuery(
      """
      SELECT c.name,
             (SELECT count(*) FROM (SELECT FROM deliveries d WHERE d.consumer = c.name LIMIT :most)
              waiting) AS deliveries,
             (SELECT coalesce(max(extract(epoch FROM clock_timestamp() - first.published_at)), 0)
              FROM generate_series(0, 7) AS p (number)
              CROSS JOIN LATERAL (
                SELECT d.published_at FROM deliveries d
                WHERE d.consumer = c.name AND d.partition = p.number
                ORDER BY d.position LIMIT 1) first) AS oldest,
             (SELECT count(*) FROM dead_letters l WHERE l.consumer = c.name) AS dead_letters
      FROM consumers c ORDER BY c.name
      """)
  List<Backlog> backlogs(int most);

  /** Deletes some deliveries of consumers that have had no subscription for the given time. */
  @SqlUpdate(
      """
      DELETE FROM deliveries WHERE ctid = ANY (ARRAY(
        SELECT d.ctid FROM deliveries d JOIN consumers c ON c.name = d.consumer
        WHERE c.seen_at < now() - :age LIMIT :limit))
      """)
  int deleteAbandoned(Duration age, int limit);

  /**
   * Deletes the consumers that have had no subscription for the given time, and have no delivery
   * and no dead letter.
   */
  @SqlUpdate(
      """
      DELETE FROM consumers c WHERE seen_at < now() - :age
        AND NOT EXISTS (SELECT FROM deliveries d WHERE d.consumer = c.name)
        AND NOT EXISTS (SELECT FROM dead_letters l WHERE l.consumer = c.name)
      """)
  int deleteUnused(Duration age);

  /** Reads the row of a backlog. */
  final class BacklogMapper implements RowMapper<Backlog> {
    @Override
    public Backlog map(ResultSet row, StatementContext context) throws SQLException {
      return new Backlog(
          row.getString("name"),
          row.getLong("deliveries"),
          Duration.ofMillis((long) (row.getDouble("oldest") * 1_000)),
          row.getLong("dead_letters"));
    }
  }
}
