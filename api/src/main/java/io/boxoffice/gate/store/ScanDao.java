package io.boxoffice.gate.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of scans that are applied, and of their days. */
@RegisterConstructorMapper(ScanDao.StoredRow.class)
interface ScanDao {

  /** Holds what an earlier scan did. */
  record StoredRow(
      String gate, long series, long sequence, UUID scanId, String outcome, String reason) {}

  /** Reads the scans at the given positions. */
  @SqlQuery(
      """
      SELECT s.gate, s.series, s.sequence, s.scan_id, s.outcome, s.reason
      FROM unnest(:gates, :series, :sequences) AS w (gate, series, sequence)
      JOIN scans s USING (gate, series, sequence)
      """)
  List<StoredRow> find(String[] gates, Long[] series, Long[] sequences);

  /** Writes scans; a trigger counts them. */
  @SqlUpdate(
      """
      INSERT INTO scans (gate, series, sequence, scan_id, ticket_id, direction, mode, scanned_at,
                         judged_at, outcome, reason, concert_id, applied_at)
      SELECT gate, series, sequence, scan_id, ticket_id, direction, mode,
             CAST(scanned_at AS timestamptz), CAST(judged_at AS timestamptz), outcome, reason,
             concert_id, :now
      FROM unnest(:gates, :series, :sequences, :scanIds, :ticketIds, :directions, :modes,
                  :scannedAt, :judgedAt, :outcomes, :reasons, :concertIds)
        AS w (gate, series, sequence, scan_id, ticket_id, direction, mode, scanned_at, judged_at,
              outcome, reason, concert_id)
      """)
  void insert(
      String[] gates,
      Long[] series,
      Long[] sequences,
      UUID[] scanIds,
      UUID[] ticketIds,
      String[] directions,
      String[] modes,
      String[] scannedAt,
      String[] judgedAt,
      String[] outcomes,
      String[] reasons,
      UUID[] concertIds,
      Instant now);

  /** Creates what is missing of the days until the given one (UTC). */
  @SqlQuery("SELECT create_scan_days(:last)")
  int createDays(LocalDate last);

  /**
   * Drops the oldest day before the given one (UTC).
   *
   * @return how many days were dropped: 1 or 0
   */
  @SqlQuery("SELECT drop_scan_day(:before)")
  int dropDay(LocalDate before);
}
