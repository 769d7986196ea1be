package io.boxoffice.gate.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds the SQL of series, of scans that wait, and of the facts about a gate. */
@RegisterConstructorMapper(SeriesDao.GateFacts.class)
@RegisterConstructorMapper(SeriesDao.SeriesRow.class)
@RegisterConstructorMapper(SeriesDao.ParkedRow.class)
interface SeriesDao {

  /**
   * Holds what decides about the scans of a gate.
   *
   * @param startsAt null if the concert was deleted
   * @param opensAt null without an entry window of its own
   */
  record GateFacts(
      String name,
      UUID concertId,
      Instant startsAt,
      boolean cancelled,
      Instant opensAt,
      Instant closesAt,
      boolean reEntry,
      boolean soldHere) {}

  /** Holds how far a series is. */
  record SeriesRow(String gate, long series, long lastSequence, int parked) {}

  /** Holds a scan that waits. */
  record ParkedRow(
      String gate,
      long series,
      long sequence,
      UUID scanId,
      UUID ticketId,
      String fault,
      String direction,
      String mode,
      Instant scannedAt,
      Instant judgedAt) {}

  /** Reads the facts about gates. */
  @SqlQuery(
      """
      SELECT g.name, g.concert_id, c.starts_at, c.cancelled_at IS NOT NULL AS cancelled,
             e.opens_at, e.closes_at, coalesce(e.re_entry, false) AS re_entry,
             c.id IS NULL OR is_sold_here(c.id) AS sold_here
      FROM gates g
      LEFT JOIN concerts c ON c.id = g.concert_id
      LEFT JOIN concert_entry e ON e.concert_id = g.concert_id
      WHERE g.name = ANY (:gates)
      """)
  List<GateFacts> gates(String... gates);

  /** Begins series of gates that exist, if they are greater than those that the gate has. */
  @SqlUpdate(
      """
      INSERT INTO gate_series (gate, series, changed_at)
      SELECT w.gate, w.series, :now
      FROM unnest(:gates, :series) AS w (gate, series) JOIN gates g ON g.name = w.gate
      WHERE w.series > (SELECT coalesce(max(s.series), 0) FROM gate_series s WHERE s.gate = w.gate)
      ORDER BY 1, 2
      ON CONFLICT DO NOTHING
      """)
  void begin(String[] gates, Long[] series, Instant now);

  /** Locks series, in their order, until the transaction ends. */
  @SqlQuery(
      """
      SELECT s.gate, s.series, s.last_sequence, s.parked
      FROM gate_series s JOIN unnest(:gates, :series) AS w (gate, series) USING (gate, series)
      ORDER BY s.gate, s.series FOR UPDATE OF s
      """)
  List<SeriesRow> lock(String[] gates, Long[] series);

  /** Locks one series until the transaction ends. */
  @SqlQuery(
      """
      SELECT gate, series, last_sequence, parked FROM gate_series
      WHERE gate = :gate AND series = :series FOR UPDATE
      """)
  Optional<SeriesRow> lockOne(String gate, long series);

  /** Reads the scans of series that wait. The series are locked. */
  @SqlQuery(
      """
      SELECT p.gate, p.series, p.sequence, p.scan_id, p.ticket_id, p.fault, p.direction, p.mode,
             p.scanned_at, p.judged_at
      FROM parked_scans p JOIN unnest(:gates, :series) AS w (gate, series) USING (gate, series)
      """)
  List<ParkedRow> parked(String[] gates, Long[] series);

  /** Notes how far series are. */
  @SqlUpdate(
      """
      UPDATE gate_series s
      SET last_sequence = w.last_sequence, parked = w.parked, changed_at = :now
      FROM unnest(:gates, :series, :sequences, :parked) AS w (gate, series, last_sequence, parked)
      WHERE s.gate = w.gate AND s.series = w.series
      """)
  void advance(String[] gates, Long[] series, Long[] sequences, Integer[] parked, Instant now);

  /** Keeps scans that wait. */
  @SqlUpdate(
      """
      INSERT INTO parked_scans (gate, series, sequence, scan_id, ticket_id, fault, direction, mode,
                                scanned_at, judged_at, parked_at)
      SELECT gate, series, sequence, scan_id, ticket_id, fault, direction, mode,
             CAST(scanned_at AS timestamptz), CAST(judged_at AS timestamptz), :now
      FROM unnest(:gates, :series, :sequences, :scanIds, :ticketIds, :faults, :directions, :modes,
                  :scannedAt, :judgedAt)
        AS w (gate, series, sequence, scan_id, ticket_id, fault, direction, mode, scanned_at,
              judged_at)
      """)
  void park(
      String[] gates,
      Long[] series,
      Long[] sequences,
      UUID[] scanIds,
      UUID[] ticketIds,
      String[] faults,
      String[] directions,
      String[] modes,
      String[] scannedAt,
      String[] judgedAt,
      Instant now);

  /** Deletes scans that wait no longer. */
  @SqlUpdate(
      """
      DELETE FROM parked_scans p USING unnest(:gates, :series, :sequences) AS w (gate, series, sequence)
      WHERE p.gate = w.gate AND p.series = w.series AND p.sequence = w.sequence
      """)
  void unpark(String[] gates, Long[] series, Long[] sequences);

  /** Deletes series that no scan has used for the given time; the greatest of each gate stays. */
  @SqlUpdate(
      """
      DELETE FROM gate_series s
      WHERE s.changed_at < now() - :age
        AND s.series < (SELECT max(o.series) FROM gate_series o WHERE o.gate = s.gate)
      """)
  int deleteOld(Duration age);

  /** Counts the scans that wait, up to the given limit. */
  @SqlQuery("SELECT count(*) FROM (SELECT FROM parked_scans LIMIT :most) parked")
  long countParked(int most);

  /** Returns for how many seconds the oldest scan has waited; 0 if none waits. */
  @SqlQuery("SELECT coalesce(extract(epoch FROM now() - min(parked_at)), 0) FROM parked_scans")
  double oldestParked();
}
