package io.boxoffice.gate.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of conflicts between gates and the shop. */
@RegisterConstructorMapper(ConflictRow.class)
interface ScanConflictDao {

  /** Writes conflicts. */
  @SqlUpdate(
      """
      INSERT INTO scan_conflicts (id, concert_id, ticket_id, reason, scan_id, gate, series, sequence,
                                  scanned_at, judged_at, other_scan, other_gate, other_at, noted_at)
      SELECT id, concert_id, ticket_id, reason, scan_id, gate, series, sequence,
             CAST(scanned_at AS timestamptz), CAST(judged_at AS timestamptz), other_scan, other_gate,
             CAST(other_at AS timestamptz), :now
      FROM unnest(:ids, :concertIds, :ticketIds, :reasons, :scanIds, :gates, :series, :sequences,
                  :scannedAt, :judgedAt, :otherScans, :otherGates, :otherAt)
        AS w (id, concert_id, ticket_id, reason, scan_id, gate, series, sequence, scanned_at,
              judged_at, other_scan, other_gate, other_at)
      """)
  void insert(
      UUID[] ids,
      UUID[] concertIds,
      UUID[] ticketIds,
      String[] reasons,
      UUID[] scanIds,
      String[] gates,
      Long[] series,
      Long[] sequences,
      String[] scannedAt,
      String[] judgedAt,
      UUID[] otherScans,
      String[] otherGates,
      String[] otherAt,
      Instant now);

  /** Reads a page in the order of the ids. */
  @SqlQuery(
      """
      SELECT id, noted_at, concert_id, ticket_id, reason, scan_id, gate, series, sequence,
             scanned_at, judged_at, other_scan, other_gate, other_at
      FROM scan_conflicts WHERE CAST(:after AS uuid) IS NULL OR id > :after
      ORDER BY id LIMIT :limit
      """)
  List<ConflictRow> list(UUID after, int limit);

  /** Counts the conflicts of the last day, up to the given limit. */
  @SqlQuery(
      """
      SELECT count(*) FROM (
        SELECT FROM scan_conflicts WHERE noted_at > now() - interval '1 day' LIMIT :most) recent
      """)
  long countOfLastDay(int most);

  /** Deletes conflicts that are older than the given age. */
  @SqlUpdate("DELETE FROM scan_conflicts WHERE noted_at < now() - :age")
  int deleteOld(Duration age);
}
