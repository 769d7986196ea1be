package io.boxoffice.site.conflict;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Holds the SQL that reads conflicts. Triggers write them. */
@RegisterConstructorMapper(Conflict.class)
interface ConflictDao {

  /** Reads a page in the order of the ids. */
  @SqlQuery(
      """
      SELECT id, kind, concert_id, site, noted_at, CAST(lost AS text) AS lost,
             CAST(kept AS text) AS kept
      FROM conflicts
      WHERE id > coalesce(:after, CAST('00000000-0000-0000-0000-000000000000' AS uuid))
      ORDER BY id LIMIT :limit
      """)
  List<Conflict> list(UUID after, int limit);

  /** Counts the conflicts of each kind. */
  @SqlQuery("SELECT kind, count(*) AS conflicts FROM conflicts GROUP BY kind")
  @KeyColumn("kind")
  @ValueColumn("conflicts")
  Map<String, Double> count();
}
